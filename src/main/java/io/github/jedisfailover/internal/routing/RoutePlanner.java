package io.github.jedisfailover.internal.routing;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** Orders the nodes of a snapshot by the read policy. */
public final class RoutePlanner {
  private RoutePlanner() {}

  /**
   * Plans all routes under one snapshot. Replicas that are not fit never take part. A master that
   * the source cannot reach still takes the writes (only a newer snapshot may name another), but
   * reads that may go elsewhere ask it last.
   *
   * @param node what stands for a node in the table; {@code null} leaves the node out
   */
  public static <N> RouteTable<N> plan(
      TopologySnapshot snapshot, ReadFrom policy, Function<NodeView, N> node) {
    NodeView masterView = snapshot.master().orElse(null);
    N master = masterView == null ? null : node.apply(masterView);
    List<N> masters = master == null ? List.of() : List.of(master);
    List<N> replicas =
        snapshot.replicas().stream()
            .filter(NodeView::fitForReads)
            .map(node)
            .filter(Objects::nonNull)
            .toList();
    boolean masterFine = master != null && masterView.reachable();
    List<N> inTurn;
    List<N> afterwards;
    switch (policy) {
      case MASTER -> {
        inTurn = masters;
        afterwards = List.of();
      }
      case REPLICA -> {
        inTurn = replicas;
        afterwards = List.of();
      }
      case MASTER_PREFERRED -> {
        inTurn = masterFine ? masters : replicas;
        afterwards = masterFine ? replicas : masters;
      }
      case REPLICA_PREFERRED -> {
        inTurn = replicas;
        afterwards = masters;
      }
      case ANY -> {
        inTurn = masterFine ? concat(masters, replicas) : replicas;
        afterwards = masterFine ? List.of() : masters;
      }
      default -> throw new IllegalStateException("no plan for " + policy);
    }
    return new RouteTable<>(snapshot.version(), master, inTurn, afterwards);
  }

  private static <N> List<N> concat(List<N> first, List<N> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
