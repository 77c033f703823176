package io.github.jedisfailover.internal.routing;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Orders the nodes of a snapshot by the read policy. */
public final class RoutePlanner {
  private RoutePlanner() {}

  /** As the policy alone says; for {@code LOWEST_LATENCY} before anything was measured. */
  public static <N> RouteTable<N> plan(
      TopologySnapshot snapshot, ReadFrom policy, Function<NodeView, N> node) {
    return plan(snapshot, policy, near(policy), node);
  }

  /** Nodes that the policy prefers come first. */
  private static ToIntFunction<NodeAddress> near(ReadFrom policy) {
    return node -> policy.prefers(node) ? 0 : 1;
  }

  /** The fastest comes first; nodes that were not measured share the last place. */
  public static ToIntFunction<NodeAddress> fastest(List<NodeAddress> order) {
    return node -> {
      int place = order.indexOf(node);
      return place < 0 ? order.size() : place;
    };
  }

  /**
   * Plans all routes under one snapshot. Replicas that are not fit never take part. A master that
   * the source cannot reach still takes the writes (only a newer snapshot may name another), but
   * reads that may go elsewhere ask it last.
   *
   * @param rank nodes with a lower one come first among those that would share the reads
   * @param node what stands for a node in the table; {@code null} leaves the node out
   */
  public static <N> RouteTable<N> plan(
      TopologySnapshot snapshot,
      ReadFrom policy,
      ToIntFunction<NodeAddress> rank,
      Function<NodeView, N> node) {
    NodeView masterView = snapshot.master().orElse(null);
    N master = masterView == null ? null : node.apply(masterView);
    List<NodeView> masters = master == null ? List.of() : List.of(masterView);
    List<NodeView> replicas = snapshot.replicas().stream().filter(NodeView::fitForReads).toList();
    boolean masterFine = master != null && masterView.reachable();
    List<NodeView> sharing;
    List<NodeView> afterwards;
    switch (policy.order()) {
      case MASTER -> {
        sharing = masters;
        afterwards = List.of();
      }
      case REPLICA -> {
        sharing = replicas;
        afterwards = List.of();
      }
      case MASTER_PREFERRED -> {
        sharing = masterFine ? masters : replicas;
        afterwards = masterFine ? replicas : masters;
      }
      case REPLICA_PREFERRED -> {
        sharing = replicas;
        afterwards = masters;
      }
      case ANY, LOWEST_LATENCY -> {
        sharing = masterFine ? concat(masters, replicas) : replicas;
        afterwards = masterFine ? List.of() : masters;
      }
      default -> throw new IllegalStateException("no plan for " + policy);
    }
    return new RouteTable<>(
        snapshot.version(),
        master,
        nodes(first(sharing, rank), node),
        nodes(concat(others(sharing, rank), ranked(afterwards, rank)), node));
  }

  /** Those of the lowest rank: they take turns. */
  private static List<NodeView> first(List<NodeView> views, ToIntFunction<NodeAddress> rank) {
    int lowest = views.stream().mapToInt(v -> rank.applyAsInt(v.address())).min().orElse(0);
    return views.stream().filter(v -> rank.applyAsInt(v.address()) == lowest).toList();
  }

  private static List<NodeView> others(List<NodeView> views, ToIntFunction<NodeAddress> rank) {
    List<NodeView> others = new ArrayList<>(views);
    others.removeAll(first(views, rank));
    return ranked(others, rank);
  }

  private static List<NodeView> ranked(List<NodeView> views, ToIntFunction<NodeAddress> rank) {
    List<NodeView> ranked = new ArrayList<>(views);
    ranked.sort((a, b) -> rank.applyAsInt(a.address()) - rank.applyAsInt(b.address()));
    return ranked;
  }

  private static <N> List<N> nodes(List<NodeView> views, Function<NodeView, N> node) {
    return views.stream().map(node).filter(Objects::nonNull).toList();
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
