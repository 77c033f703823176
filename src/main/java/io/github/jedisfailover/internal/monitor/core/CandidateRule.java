package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which replica of a group may be promoted, by what is known of all of them now. */
final class CandidateRule {
  private final CoreState s;

  CandidateRule(CoreState state) {
    this.s = state;
  }

  /** The one that was asked for, if it is good enough, or the best. */
  Optional<RedisNode> best(Group g) {
    return best(g, g.asked == null ? Optional.empty() : g.asked.to());
  }

  Optional<RedisNode> best(Group g, Optional<NodeAddress> wanted) {
    List<PromotionRule.Candidate> all = new ArrayList<>();
    g.replicas.values().stream()
        .filter(r -> r.member && r.info != null)
        .filter(r -> wanted.map(r.address()::equals).orElse(true))
        .forEach(r -> all.add(asCandidate(r)));
    long masterDown = g.master.sDown ? s.now - troubleSince(g.master) : -1;
    if (g.master.emptied) {
      all.removeIf(c -> !c.data().some());
    }
    return PromotionRule.select(
            all, masterDown, g.settings.downAfterMillis(), s.periods, s.departures.syncedOnly())
        .map(c -> g.replicas.get(c.address()));
  }

  /**
   * A master that was made a replica stopped feeding the others before it was called down for it.
   */
  private static long troubleSince(RedisNode master) {
    return master.reportsMaster ? master.sDownSince : Math.min(master.sDownSince, master.roleSince);
  }

  private PromotionRule.Candidate asCandidate(RedisNode r) {
    return new PromotionRule.Candidate(
        r.address(),
        r.sDown,
        r.link.up(),
        s.now - r.link.lastAvail(),
        s.now - r.infoAt,
        r.info.priority(),
        r.info.offset(),
        r.runId,
        r.info.linkDownSeconds() * 1_000,
        r.info.data());
  }
}
