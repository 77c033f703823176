package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

/** Who is down: subjectively (this monitor's own view) and objectively (a quorum's view). */
final class Detection {
  private final CoreState s;

  Detection(CoreState state) {
    this.s = state;
  }

  /** As {@code sentinelCheckSubjectivelyDown}, for every instance of the group. */
  void checkNodes(Group g) {
    checkMaster(g);
    for (RedisNode r : g.replicas.values()) {
      mark(g, r, r.link.silence(s.now) > g.settings.downAfterMillis());
    }
  }

  private void checkMaster(Group g) {
    RedisNode m = g.master;
    long downAfter = g.settings.downAfterMillis();
    long silence = m.link.silence(s.now);
    if (s.departures.patience() && g.switchedAt != NEVER) {
      // CLIENT KILL has just cut every connection to a fresh master, and all clients reconnect at
      // once: one more period of patience, or a loaded machine fails over twice.
      silence = Math.min(silence, s.now - g.switchedAt - downAfter);
    }
    boolean claimsReplica =
        !m.reportsMaster && s.now - m.roleSince > downAfter + 2 * s.period(Period.INFO);
    boolean loadsTooLong = m.rebooted && s.now - m.rebootedAt > g.settings.rebootDownAfterMillis();
    mark(g, m, silence > downAfter || claimsReplica || loadsTooLong || m.emptied);
  }

  private void mark(Group g, RedisNode node, boolean down) {
    if (node.sDown == down) {
      return;
    }
    node.sDown = down;
    s.warn(g, down ? "+sdown" : "-sdown", Texts.node(g, node));
    if (down) {
      node.sDownSince = s.now;
    } else {
      node.scriptKillSent = false;
    }
    if (node == g.master && down) {
      // The offsets decide who is promoted: get them now, not when the choice is due.
      g.replicas.values().forEach(r -> r.infoAskedAt = NEVER);
    }
  }

  /** Each group judges its peers by its own patience, though they share one link. */
  void checkPeers(Group g) {
    g.opinions.forEach(
        (peer, opinion) -> {
          boolean down = peer.link.silence(s.now) > g.settings.downAfterMillis();
          if (down != opinion.sDown) {
            opinion.sDown = down;
            opinion.sDownSince = down ? s.now : opinion.sDownSince;
            s.warn(g, down ? "+sdown" : "-sdown", Texts.peer(g, peer));
          }
        });
  }

  /** As {@code sentinelCheckObjectivelyDown}: a weak agreement, smeared over five ask periods. */
  void checkObjectively(Group g) {
    g.opinions
        .values()
        .forEach(
            o -> {
              if (s.now - o.answeredAt > 5 * s.period(Period.ASK)) {
                o.masterDown = false;
                o.leader = "*";
              }
            });
    long agreeing = 1 + g.opinions.values().stream().filter(o -> o.masterDown).count();
    boolean down = g.master.sDown && agreeing >= g.settings.quorum();
    if (down == g.oDown) {
      return;
    }
    g.oDown = down;
    String quorum = " #quorum " + agreeing + "/" + g.settings.quorum();
    s.warn(g, down ? "+odown" : "-odown", Texts.master(g) + (down ? quorum : ""));
    if (down) {
      g.oDownSince = s.now;
      long turn = Math.floorMod(s.rank(g) + s.currentEpoch, s.voters(g));
      // Sentinel's timer is irregular so that candidacies do not collide; ours reacts at once, so
      // the voters take turns. Without it three at the same moment would vote for themselves.
      g.standAt = s.now + turn * Times.STAGGER + s.dice.below(Times.STAGGER);
    }
  }

  /** Our own stall must not look like everybody's silence. */
  void discount(long stalledMillis) {
    if (!s.departures.stallDiscount()) {
      return;
    }
    for (Group g : s.groups.values()) {
      g.nodes().forEach(n -> n.link.discount(stalledMillis, s.now));
    }
    s.peers.values().forEach(p -> p.link.discount(stalledMillis, s.now));
  }
}
