package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.internal.monitor.core.Group.Phase;
import io.github.jedisfailover.internal.monitor.core.RedisNode.Reconf;
import java.util.Comparator;
import java.util.List;

/** Points the other replicas at the one that was promoted, {@code parallel-syncs} at a time. */
final class ReconfRule {
  private final CoreState s;

  ReconfRule(CoreState state) {
    this.s = state;
  }

  void advance(Group g) {
    List<RedisNode> others =
        g.replicas.values().stream()
            .filter(r -> r.member && r != g.promoted)
            .sorted(Comparator.comparing(RedisNode::address))
            .toList();
    others.forEach(r -> giveUpOnSilent(g, r));
    long running =
        others.stream()
            .filter(r -> r.reconf == Reconf.SENT || r.reconf == Reconf.IN_PROGRESS)
            .count();
    for (RedisNode r : others) {
      if (running >= g.settings.parallelSyncs()) {
        break;
      }
      if (r.reconf == Reconf.NONE && r.link.up()) {
        point(g, r, Reconf.SENT, "+slave-reconf-sent");
        running++;
      }
    }
    endReconfiguration(g, others);
  }

  private void giveUpOnSilent(Group g, RedisNode r) {
    if (r.reconf == Reconf.SENT && s.now - r.reconfSentAt > s.period(Period.SLAVE_RECONF_TIMEOUT)) {
      s.notice(g, "-slave-reconf-sent-timeout", Texts.node(g, r));
      r.reconf = Reconf.DONE;
    }
  }

  private void endReconfiguration(Group g, List<RedisNode> others) {
    if (g.promoted.sDown && !s.departures.leavesDeadPromoted()) {
      return; // as Sentinel, which hangs here until it is back
    }
    if (g.promoted.sDown) {
      // Watch the new master as a master at once: Sentinel would hang here until it is back.
      g.enter(Phase.UPDATE_CONFIG, s.now);
      return;
    }
    boolean outstanding = others.stream().anyMatch(r -> r.reconf != Reconf.DONE && !r.sDown);
    if (outstanding && s.now - g.phaseSince <= g.settings.failoverTimeoutMillis()) {
      return;
    }
    if (outstanding) {
      s.warn(g, "+failover-end-for-timeout", Texts.master(g));
      others.stream()
          .filter(r -> r.reconf == Reconf.NONE && r.link.up())
          .forEach(r -> point(g, r, Reconf.SENT, "+slave-reconf-sent-be"));
    }
    s.warn(g, "+failover-end", Texts.master(g));
    g.enter(Phase.UPDATE_CONFIG, s.now);
  }

  private void point(Group g, RedisNode r, Reconf state, String event) {
    s.act(new CoreAction.MakeReplicaOf(r.target, s.names.shown(g.promoted.address())));
    r.reconf = state;
    r.reconfSentAt = s.now;
    r.infoAskedAt = s.now;
    s.notice(g, event, Texts.node(g, r));
  }

  /** INFO of a replica that we re-point. */
  void noteProgress(Group g, RedisNode r) {
    if (!g.promotionSeen() || r.reportsMaster || r == g.promoted) {
      return;
    }
    if (r.reconf == Reconf.SENT && g.promoted.address().equals(r.reportedMaster)) {
      r.reconf = Reconf.IN_PROGRESS;
      s.notice(g, "+slave-reconf-inprog", Texts.node(g, r));
    }
    if (r.reconf == Reconf.IN_PROGRESS && r.info.linkUp()) {
      r.reconf = Reconf.DONE;
      s.notice(g, "+slave-reconf-done", Texts.node(g, r));
    }
  }

  /** Whether the next INFO of this node tells how far it is. */
  boolean awaits(Group g, RedisNode r) {
    return g.phase == Phase.RECONF_SLAVES
        && (r.reconf == Reconf.SENT || r.reconf == Reconf.IN_PROGRESS);
  }
}
