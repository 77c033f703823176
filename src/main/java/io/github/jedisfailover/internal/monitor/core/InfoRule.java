package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;

/** What an INFO reply changes, as {@code sentinelRefreshInstanceInfo}. */
final class InfoRule {
  private final CoreState s;
  private final FailoverFlow flow;
  private final HelloRule hellos;
  private final EmptyMasterRule emptiness;

  InfoRule(CoreState state, FailoverFlow flow, HelloRule hellos) {
    this.s = state;
    this.flow = flow;
    this.hellos = hellos;
    this.emptiness = new EmptyMasterRule(state);
  }

  void askIfDue(Group g) {
    for (RedisNode n : g.nodes()) {
      long period = period(g, n);
      boolean due = s.now - n.infoAt >= period && s.now - n.infoAskedAt >= Math.min(period, 1_000);
      if (n.link.up() && due) {
        ask(n);
      }
    }
  }

  void ask(RedisNode n) {
    n.infoAskedAt = s.now;
    s.act(new CoreAction.AskInfo(n.target));
  }

  private long period(Group g, RedisNode n) {
    if (flow.awaits(g, n) || emptiness.awaits(g, n)) {
      return Times.INFO_PERIOD_AWAITED;
    }
    if (n == g.master) {
      return s.period(Period.INFO);
    }
    boolean trouble =
        g.master.sDown
            || g.failingOver()
            || n.info == null
            || n.reportsMaster
            || !n.follows(g.master.address())
            || n.info.syncing();
    return trouble ? Times.INFO_PERIOD_IN_TROUBLE : s.period(Period.INFO);
  }

  void read(Group g, RedisNode n, InfoReport info) {
    noteRunId(g, n, info.runId());
    if (n == g.master) {
      info.replicas().stream().filter(s.names::usable).forEach(a -> discover(g, a));
    }
    n.info = info;
    n.infoAt = s.now;
    noteRole(g, n, info);
    emptiness.read(g, n);
    if (n == g.master && g.handover != null) {
      g.handover.masterRead(info);
    }
    if (s.tilt || n == g.master) {
      return; // a master that claims to be a replica is a matter of SDOWN
    }
    if (info.master()) {
      replicaClaimsMaster(g, n);
    } else {
      flow.noteProgress(g, n);
      fixWrongMaster(g, n);
    }
  }

  private void noteRunId(Group g, RedisNode n, String runId) {
    if (runId.isEmpty() || runId.equals(n.runId)) {
      return;
    }
    if (!n.runId.isEmpty()) {
      s.notice(g, "+reboot", Texts.node(g, n));
      if (n == g.master) {
        emptiness.rebooted(n);
      }
      if (n == g.master && g.settings.rebootDownAfterMillis() != 0) {
        n.rebooted = true;
        n.rebootedAt = s.now;
      }
    }
    n.runId = runId;
  }

  void discover(Group g, NodeAddress told) {
    NodeAddress address = g.known(s.names, told);
    lookAt(g, address);
    RedisNode node = g.node(address);
    if (node != g.master && !node.member) {
      join(g, node);
    }
  }

  /** A replica of the stored state; nothing is told of it, and it is stored already. */
  void remember(Group g, NodeAddress address) {
    lookAt(g, address);
    g.node(address).member = true;
  }

  /** Opens a link to a node that is named as part of the group; it is not a member yet. */
  void lookAt(Group g, NodeAddress address) {
    if (g.node(address) != null) {
      return;
    }
    Target.Redis target = new Target.Redis(g.name(), address);
    RedisNode node = new RedisNode(target, new LinkHealth(s.now), false, s.now);
    node.member = false;
    g.replicas.put(address, node);
    s.act(new CoreAction.OpenLink(target));
  }

  private void join(Group g, RedisNode node) {
    node.member = true;
    s.notice(g, "+slave", Texts.node(g, node));
    s.persist();
  }

  private void noteRole(Group g, RedisNode n, InfoReport info) {
    if (info.master() != n.reportsMaster) {
      n.reportsMaster = info.master();
      n.roleSince = s.now;
      if (!info.master()) {
        n.masterChangedAt = s.now;
      }
      boolean asConfigured = info.master() == (n == g.master);
      s.report(
          g,
          CoreAction.Level.VERBOSE,
          asConfigured ? "+role-change" : "-role-change",
          Texts.node(g, n) + " new reported role is " + (info.master() ? "master" : "slave"));
    }
    if (!info.master() && info.masterAddress() != null) {
      NodeAddress told = g.known(s.names, info.masterAddress());
      if (!told.equals(n.reportedMaster)) {
        n.reportedMaster = told;
        n.masterChangedAt = s.now;
      }
      if (!n.member && g.node(n.reportedMaster) != null) {
        join(g, n);
      }
    }
  }

  private void replicaClaimsMaster(Group g, RedisNode n) {
    if (n == g.promoted) {
      if (g.phase == Group.Phase.WAIT_PROMOTION) {
        flow.promotionSeen(g);
      }
      return;
    }
    // Sentinel waits four hello periods for news of a newer configuration; a confirmed one need
    // not.
    long wait = 4 * s.period(Period.PUBLISH);
    boolean waited = s.now - n.sDownSince > wait && s.now - n.roleSince > wait;
    if (mayCommand(g, n) && (waited || hellos.confirmedSince(g, n.roleSince))) {
      command(g, n, "+convert-to-slave");
    }
  }

  private void fixWrongMaster(Group g, RedisNode n) {
    if (g.failingOver() || g.master.address().equals(n.reportedMaster)) {
      return;
    }
    long wait = g.settings.failoverTimeoutMillis();
    boolean waited = s.now - n.sDownSince > wait && s.now - n.masterChangedAt > wait;
    if (mayCommand(g, n) && (waited || hellos.confirmedSince(g, n.masterChangedAt))) {
      command(g, n, "+fix-slave-config");
    }
  }

  private boolean mayCommand(Group g, RedisNode n) {
    return n.member
        && g.masterLooksSane(s.now, s.periods)
        && s.now - n.commandedAt >= Times.INFO_PERIOD_IN_TROUBLE;
  }

  private void command(Group g, RedisNode n, String event) {
    n.commandedAt = s.now;
    n.infoAskedAt = s.now;
    s.act(new CoreAction.MakeReplicaOf(n.target, s.names.shown(g.master.address())));
    s.notice(g, event, Texts.node(g, n));
  }
}
