package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.internal.pool.NodePool;
import io.github.jedisfailover.internal.pool.NodePools;
import io.github.jedisfailover.internal.routing.RoutePlanner;
import io.github.jedisfailover.internal.routing.RouteTable;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.HashMap;
import java.util.Map;

/** The route table in force. Written under the hub's lock, read without any. */
public final class Routes {
  private final NodePools pools;
  private ReadFrom readFrom; // as fitLanes
  private Map<NodeAddress, Lane> fitLanes = Map.of(); // only touched by apply()
  private volatile RouteTable<Lane> table = RouteTable.empty();

  public Routes(NodePools pools, ReadFrom readFrom) {
    this.pools = pools;
    this.readFrom = readFrom;
  }

  RouteTable<Lane> table() {
    return table;
  }

  /** Brings pools and routes in step with the snapshot; never two at once, no I/O. */
  public void apply(TopologySnapshot snapshot) {
    Map<NodeAddress, NodePool> current = pools.apply(snapshot);
    Map<NodeAddress, Lane> lanes = new HashMap<>();
    table =
        RoutePlanner.plan(
            snapshot,
            readFrom,
            node -> lanes.computeIfAbsent(node.address(), a -> lane(node, current.get(a))));
    fitLanes = lanes;
  }

  /** As {@link #apply}, with another policy. */
  public void apply(TopologySnapshot snapshot, ReadFrom policy) {
    readFrom = policy;
    apply(snapshot);
  }

  /** A node that comes back fit starts with a fresh breaker: only fit ones are remembered. */
  private Lane lane(NodeView node, NodePool pool) {
    if (pool == null) {
      return null; // closed
    }
    Lane known = fitLanes.get(node.address());
    return known != null && known.pool() == pool ? known : Lane.to(node, pool);
  }
}
