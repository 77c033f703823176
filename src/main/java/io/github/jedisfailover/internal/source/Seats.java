package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.runtime.ClosableGate;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which voters an observer listens to: the first in its order of preference that answer. Each
 * observer has another order, so that the voters carry the same load. Thread-safe.
 */
final class Seats {
  /** A voter that is gone does not get its seat back before. */
  static final long FAILED_MILLIS = 10_000;

  private final ClosableGate gate = new ClosableGate();
  private final List<NodeAddress> preferred;
  private final List<NodeAddress> taken = new ArrayList<>();
  private final Map<NodeAddress, Long> failedAt = new HashMap<>();

  /**
   * @param preferred all voters, the best first; more than may be taken at a time
   */
  Seats(List<NodeAddress> preferred) {
    this.preferred = List.copyOf(preferred);
  }

  /** The best free voter that has not failed lately, or else the one that failed longest ago. */
  NodeAddress take(long nowMillis) {
    return gate.call(
        () -> {
          List<NodeAddress> free = preferred.stream().filter(v -> !taken.contains(v)).toList();
          NodeAddress best =
              free.stream()
                  .filter(v -> nowMillis - failure(v, nowMillis) >= FAILED_MILLIS)
                  .findFirst()
                  .orElseGet(() -> longestAgo(free, nowMillis));
          taken.add(best);
          return best;
        });
  }

  private long failure(NodeAddress voter, long nowMillis) {
    return failedAt.getOrDefault(voter, nowMillis - FAILED_MILLIS);
  }

  private NodeAddress longestAgo(List<NodeAddress> free, long nowMillis) {
    NodeAddress best = free.get(0);
    for (NodeAddress voter : free) {
      best = failure(voter, nowMillis) < failure(best, nowMillis) ? voter : best;
    }
    return best;
  }

  void giveBack(NodeAddress voter) {
    gate.change(() -> taken.remove(voter));
  }

  void failed(NodeAddress voter, long nowMillis) {
    gate.change(() -> failedAt.put(voter, nowMillis));
  }
}
