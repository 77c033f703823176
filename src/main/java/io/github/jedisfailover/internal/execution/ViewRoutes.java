package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.internal.probe.Probes;
import io.github.jedisfailover.internal.routing.RoutePlanner;
import io.github.jedisfailover.internal.routing.RouteTable;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;

/**
 * The table of another policy over the same pools, made when it is asked for after a change. So a
 * view costs nothing while it is not used, and nobody has to take it off a list.
 */
final class ViewRoutes implements RouteSource {
  private final Routes routes;
  private final ReadFrom policy;
  private final Probes probes;
  private volatile Made made;

  /**
   * @param lanes what the table was made from
   * @param order fastest first; empty for all policies but one
   */
  private record Made(Routes.Lanes lanes, List<NodeAddress> order, RouteTable<Lane> table) {}

  ViewRoutes(Routes routes, ReadFrom policy, Probes probes) {
    this.routes = routes;
    this.policy = policy;
    this.probes = probes;
  }

  @Override
  public RouteTable<Lane> table() {
    Routes.Lanes lanes = routes.lanes();
    List<NodeAddress> order = order();
    Made known = made;
    if (known == null || known.lanes() != lanes || known.order() != order) {
      known = new Made(lanes, order, plan(lanes, order)); // two threads at once make the same
      made = known;
    }
    return known.table();
  }

  @Override
  public ReadFrom policy() {
    return policy;
  }

  private List<NodeAddress> order() {
    if (policy.order() != ReadFrom.Order.LOWEST_LATENCY) {
      return List.of();
    }
    probes.demand(Probes.LATENCY_PACE);
    return probes.latencies().order();
  }

  private RouteTable<Lane> plan(Routes.Lanes lanes, List<NodeAddress> order) {
    if (order.isEmpty()) {
      return RoutePlanner.plan(
          lanes.snapshot(), policy, node -> lanes.byNode().get(node.address()));
    }
    return RoutePlanner.plan(
        lanes.snapshot(),
        policy,
        RoutePlanner.fastest(order),
        node -> lanes.byNode().get(node.address()));
  }
}
