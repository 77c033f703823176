package io.github.jedisfailover.internal.monitor.core;

/**
 * A master that comes back without its data. To Sentinel it is well: same address, role master,
 * PONG; and its replicas copy the emptiness a moment later. Here it counts as down as long as a
 * replica still holds the data, so that a quorum that sees the same promotes that replica.
 *
 * <p>Seen by INFO, which is asked for at once when the link is up again: the process is another one
 * (run id), its history is another one, it has no key, it does not load any. Only then is the
 * replicas' newest INFO asked for, and one that holds keys of another history, with an offset that
 * the master is behind of, settles it. A master that was flushed and then restarted has flushed its
 * replicas as well.
 */
final class EmptyMasterRule {
  private final CoreState s;

  EmptyMasterRule(CoreState state) {
    this.s = state;
  }

  /** Before the new INFO of the master replaces the old one. */
  void rebooted(RedisNode master) {
    if (s.departures.emptyMaster()) {
      master.beforeReboot = master.info;
      master.suspected = false;
      master.emptied = false;
    }
  }

  /** After an INFO of any node of the group was taken. */
  void read(Group g, RedisNode n) {
    RedisNode m = g.master;
    if (n == m && m.beforeReboot != null && !m.info.data().loading()) {
      if (lostItsData(g)) {
        m.suspected = true;
        m.suspectedAt = s.now;
        g.replicas.values().forEach(this::lookAgain);
      }
      m.beforeReboot = null;
    }
    n.lookedAt |= n != m;
    if (m.suspected) {
      m.emptied = g.replicas.values().stream().anyMatch(r -> stillHolds(m, r));
      boolean nothingToSave = !m.emptied && n != m && allLookedAt(g);
      if (nothingToSave || nobodyAgrees(g)) {
        m.suspected = false;
        m.emptied = false;
      }
    }
  }

  private void lookAgain(RedisNode r) {
    r.lookedAt = false;
    if (r.link.up()) {
      r.infoAskedAt = s.now;
      s.act(new CoreAction.AskInfo(r.target));
    }
  }

  private static boolean lostItsData(Group g) {
    InfoReport now = g.master.info;
    boolean otherHistory = !now.data().sameHistory(g.master.beforeReboot.data());
    return now.master() && now.data().empty() && otherHistory;
  }

  private static boolean stillHolds(RedisNode m, RedisNode r) {
    return r.member
        && r.info != null
        && r.lookedAt
        && r.info.data().some()
        && r.info.offset() > m.info.offset()
        && !r.info.data().sameHistory(m.info.data());
  }

  /**
   * No quorum has seen it within the time of a failover. Holding on alone would keep this monitor
   * from mending the group for ever, so Sentinel's rules apply again.
   */
  private boolean nobodyAgrees(Group g) {
    boolean waited = s.now - g.master.suspectedAt > g.settings.failoverTimeoutMillis();
    return waited && !g.oDown && !g.failingOver();
  }

  private static boolean allLookedAt(Group g) {
    return g.replicas.values().stream().filter(RedisNode::usable).allMatch(r -> r.lookedAt);
  }

  /** Whether the next INFO of this node is being waited for. */
  boolean awaits(Group g, RedisNode n) {
    RedisNode m = g.master;
    return n == m && m.beforeReboot != null || m.suspected && n != m;
  }
}
