package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which replica becomes master, as {@code sentinelSelectSlave} in Redis' sentinel.c, with one rule
 * more: a replica that never finished a synchronisation, or is empty while others are not, is not
 * promoted, since it would replace the data by nothing. Sentinel lets it pass: the link-down time
 * of one that never had a link is -1, which looks recent.
 */
final class PromotionRule {
  private static final Comparator<Candidate> ORDER =
      Comparator.comparingInt(Candidate::priority)
          .thenComparing(Comparator.comparingLong(Candidate::offset).reversed())
          .thenComparing(c -> c.runId().isEmpty())
          .thenComparing(c -> c.runId().toLowerCase(Locale.ROOT))
          .thenComparing(Candidate::address);

  private PromotionRule() {}

  /**
   * A replica as the rule sees it; ages in milliseconds.
   *
   * @param linkDownMillis how long its link to the master is down, 0 if up, negative if it never
   *     was up
   */
  record Candidate(
      NodeAddress address,
      boolean down,
      boolean connected,
      long lastAvailAge,
      long infoAge,
      int priority,
      long offset,
      String runId,
      long linkDownMillis,
      InfoReport.Data data) {}

  /**
   * @param masterDownMillis how long the master is subjectively down, -1 if it is not
   * @param downAfterMillis the group's setting
   * @param syncedOnly whether one that never synchronised, or is empty while others are not, is
   *     left out; Sentinel takes it
   */
  static Optional<Candidate> select(
      List<Candidate> candidates,
      long masterDownMillis,
      long downAfterMillis,
      Periods periods,
      boolean syncedOnly) {
    List<Candidate> good =
        candidates.stream()
            .filter(c -> eligible(c, masterDownMillis, downAfterMillis, periods))
            .filter(c -> !syncedOnly || c.linkDownMillis() >= 0)
            .toList();
    return good.stream().filter(c -> !syncedOnly || !wouldLose(c, good)).min(ORDER);
  }

  /**
   * Empty while another one is not. One that is ahead in the same history is the exception: there
   * the data was deleted on purpose, and the other has not heard of it yet.
   */
  private static boolean wouldLose(Candidate c, List<Candidate> others) {
    return c.data().empty()
        && others.stream()
            .filter(o -> o.data().some())
            .anyMatch(o -> !o.data().sameHistory(c.data()) || o.offset() > c.offset());
  }

  private static boolean eligible(
      Candidate c, long masterDownMillis, long downAfterMillis, Periods periods) {
    boolean masterDown = masterDownMillis >= 0;
    long infoLimit = masterDown ? 5 * periods.get(Period.PING) : 3 * periods.get(Period.INFO);
    long linkDownLimit = (masterDown ? masterDownMillis : 0) + 10 * downAfterMillis;
    return !c.down()
        && c.connected()
        && c.lastAvailAge() <= 5 * periods.get(Period.PING)
        && c.priority() != 0
        && c.infoAge() <= infoLimit
        && c.linkDownMillis() <= linkDownLimit;
  }
}
