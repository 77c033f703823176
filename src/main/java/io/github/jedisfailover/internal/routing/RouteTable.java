package io.github.jedisfailover.internal.routing;

import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.List;
import java.util.function.Predicate;

/**
 * The candidates for each intent under one snapshot, worked out once so that a call allocates
 * nothing. Immutable.
 *
 * @param <N> what stands for a node
 */
public final class RouteTable<N> {
  private final TopologySnapshot.Version version;
  private final N master;
  private final List<N> inTurn;
  private final List<N> afterwards;

  /**
   * @param master the writable node, or {@code null}
   * @param inTurn nodes that share the reads
   * @param afterwards nodes to ask when all of those failed
   */
  RouteTable(TopologySnapshot.Version version, N master, List<N> inTurn, List<N> afterwards) {
    this.version = version;
    this.master = master;
    this.inTurn = List.copyOf(inTurn);
    this.afterwards = List.copyOf(afterwards);
  }

  /** The table before anything is known. */
  public static <N> RouteTable<N> empty() {
    return new RouteTable<>(TopologySnapshot.UNKNOWN.version(), null, List.of(), List.of());
  }

  /** The snapshot this table was made from; what a caller waits to be superseded. */
  public TopologySnapshot.Version version() {
    return version;
  }

  /** The writable node, or {@code null} while there is none. */
  public N master() {
    return master;
  }

  /** How many nodes a command of this intent may try. */
  public int candidates(CommandIntent intent) {
    if (intent == CommandIntent.MASTER_ONLY) {
      return master == null ? 0 : 1;
    }
    return inTurn.size() + afterwards.size();
  }

  /**
   * The candidate at {@code index} in order of preference, {@code null} past the last.
   *
   * @param turn the caller's counter: moves the start of the round robin; may overflow
   */
  public N candidate(CommandIntent intent, int turn, int index) {
    if (index >= candidates(intent)) {
      return null;
    }
    if (intent == CommandIntent.MASTER_ONLY) {
      return master;
    }
    int sharing = inTurn.size();
    if (index >= sharing) {
      return afterwards.get(index - sharing);
    }
    return sharing == 1 ? inTurn.get(0) : inTurn.get(Math.floorMod(turn + index, sharing));
  }

  /** Whether reads go to such a node first: it shares them, or stands in because nobody does. */
  public boolean isFirstChoice(Predicate<N> node) {
    return (inTurn.isEmpty() ? afterwards : inTurn).stream().anyMatch(node);
  }

  /** Whether the order of reads depends on the turn. */
  public boolean takesTurns() {
    return inTurn.size() > 1;
  }
}
