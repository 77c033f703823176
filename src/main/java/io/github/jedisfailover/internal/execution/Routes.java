package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.internal.pool.NodePool;
import io.github.jedisfailover.internal.pool.NodePools;
import io.github.jedisfailover.internal.routing.RoutePlanner;
import io.github.jedisfailover.internal.routing.RouteTable;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.HashMap;
import java.util.Map;

/** The route table in force. Written under the hub's lock, read without any. */
public final class Routes implements RouteSource {
  private final NodePools pools;
  private volatile ReadFrom readFrom;
  private volatile Lanes lanes = new Lanes(TopologySnapshot.UNKNOWN, Map.of());
  private volatile RouteTable<Lane> table = RouteTable.empty();

  /**
   * All nodes that take part in anything, for tables of other policies.
   *
   * @param snapshot what they were made from
   * @param byNode fit replicas and the master
   */
  record Lanes(TopologySnapshot snapshot, Map<NodeAddress, Lane> byNode) {}

  public Routes(NodePools pools, ReadFrom readFrom) {
    this.pools = pools;
    this.readFrom = readFrom;
  }

  @Override
  public RouteTable<Lane> table() {
    return table;
  }

  @Override
  public ReadFrom policy() {
    return readFrom;
  }

  Lanes lanes() {
    return lanes;
  }

  /** Brings pools and routes in step with the snapshot; never two at once, no I/O. */
  public void apply(TopologySnapshot snapshot) {
    Map<NodeAddress, NodePool> current = pools.apply(snapshot);
    Map<NodeAddress, Lane> next = new HashMap<>();
    for (NodeView node : snapshot.nodes()) {
      NodePool pool = current.get(node.address());
      if (pool != null && (node.role() == NodeRole.MASTER || node.fitForReads())) {
        next.put(node.address(), lane(node, pool));
      }
    }
    lanes = new Lanes(snapshot, next);
    table = RoutePlanner.plan(snapshot, readFrom, node -> next.get(node.address()));
  }

  /** As {@link #apply}, with another policy. */
  public void apply(TopologySnapshot snapshot, ReadFrom policy) {
    readFrom = policy;
    apply(snapshot);
  }

  /** A node that comes back fit starts with a fresh breaker: only fit ones are remembered. */
  private Lane lane(NodeView node, NodePool pool) {
    Lane known = lanes.byNode().get(node.address());
    return known != null && known.pool() == pool ? known : Lane.to(node, pool);
  }
}
