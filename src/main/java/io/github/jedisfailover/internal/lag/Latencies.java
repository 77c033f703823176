package io.github.jedisfailover.internal.lag;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Moving averages of the time that each node takes to answer, and an order that changes only when
 * it is worth it. Immutable.
 */
public final class Latencies {
  public static final Latencies NONE = new Latencies(Map.of(), List.of());

  private static final double NEWEST_WEIGHT = 0.3;

  /** Another node must be faster by this share, and by this much, to take over. */
  private static final double FASTER_SHARE = 0.8;

  private static final double FASTER_NANOS = 100_000;

  private final Map<NodeAddress, Double> averages;
  private final List<NodeAddress> order;

  private Latencies(Map<NodeAddress, Double> averages, List<NodeAddress> order) {
    this.averages = averages;
    this.order = order;
  }

  /** The fastest first. The same list as before unless the fastest or the set changed. */
  public List<NodeAddress> order() {
    return order;
  }

  /** Takes a measurement. */
  public Latencies with(NodeAddress node, long nanos) {
    Map<NodeAddress, Double> next = new HashMap<>(averages);
    next.merge(node, (double) nanos, (old, now) -> old + NEWEST_WEIGHT * (now - old));
    if (!averages.containsKey(node)) {
      return new Latencies(next, sorted(next));
    }
    boolean overtaken = next.keySet().stream().anyMatch(n -> clearlyFaster(next, n, order.get(0)));
    return new Latencies(next, overtaken ? sorted(next) : order);
  }

  /** The node did not answer: it is measured anew when it does. */
  public Latencies without(NodeAddress node) {
    if (!averages.containsKey(node)) {
      return this;
    }
    Map<NodeAddress, Double> next = new HashMap<>(averages);
    next.remove(node);
    return new Latencies(next, order.stream().filter(n -> !n.equals(node)).toList());
  }

  /** Forgets all other nodes. */
  public Latencies of(Collection<NodeAddress> nodes) {
    Latencies next = this;
    for (NodeAddress node : order) {
      next = nodes.contains(node) ? next : next.without(node);
    }
    return next;
  }

  /** A new node joins behind the fastest unless it is faster by enough. */
  private List<NodeAddress> sorted(Map<NodeAddress, Double> next) {
    List<NodeAddress> nodes = new ArrayList<>(next.keySet());
    nodes.sort(Comparator.comparing(next::get));
    if (!order.isEmpty() && !clearlyFaster(next, nodes.get(0), order.get(0))) {
      nodes.remove(order.get(0));
      nodes.add(0, order.get(0));
    }
    return List.copyOf(nodes);
  }

  private static boolean clearlyFaster(
      Map<NodeAddress, Double> averages, NodeAddress one, NodeAddress best) {
    double bar = averages.get(best);
    return averages.get(one) < Math.min(bar * FASTER_SHARE, bar - FASTER_NANOS);
  }
}
