package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

import java.util.ArrayList;
import java.util.List;

/** Copies the state into the read model behind the served commands. */
final class ViewMaker {
  private final CoreState s;
  private final long now;

  ViewMaker(CoreState state, long now) {
    this.s = state;
    this.now = now;
  }

  CoreView view() {
    return new CoreView(
        s.myId,
        s.currentEpoch,
        s.tilt,
        s.tilt ? now - s.tiltSince : -1,
        s.remembers,
        s.groups.values().stream().map(this::master).toList(),
        s.global,
        s.periods,
        s.simulated);
  }

  private CoreView.Master master(Group g) {
    return new CoreView.Master(
        instance(g, g.master, g.name(), masterFlags(g), g.oDown ? now - g.oDownSince : -1),
        s.names.shown(g.currentMaster()),
        g.failingOver() ? g.phase.wireName : null,
        redis(g.master),
        g.configEpoch,
        g.settings.quorum(),
        g.settings.failoverTimeoutMillis(),
        g.settings.parallelSyncs(),
        g.replicas.values().stream().filter(r -> r.member).map(r -> replica(g, r)).toList(),
        g.opinions.entrySet().stream().map(e -> peer(g, e.getKey(), e.getValue())).toList(),
        g.settings.scripts());
  }

  private CoreView.Replica replica(Group g, RedisNode r) {
    InfoReport info = r.info;
    boolean known = info != null;
    return new CoreView.Replica(
        instance(g, r, r.name, replicaFlags(g, r), -1),
        redis(r),
        known ? info.linkDownSeconds() * 1_000 : 0,
        known && info.linkUp(),
        r.reportedMaster == null ? null : s.names.shown(r.reportedMaster),
        known ? info.priority() : 100,
        known ? info.offset() : 0,
        !known || info.announced());
  }

  private CoreView.Peer peer(Group g, PeerNode p, PeerNode.Opinion o) {
    List<String> flags = new ArrayList<>();
    add(flags, o.sDown, "s_down");
    flags.add("sentinel");
    add(flags, !p.link.up(), "disconnected");
    add(flags, o.masterDown, "master_down");
    CoreView.Instance instance =
        new CoreView.Instance(
            p.id.isEmpty() ? p.target.address().toString() : p.id,
            s.names.shown(p.target.address()),
            p.id,
            String.join(",", flags),
            0,
            p.link.silence(now),
            now - p.link.lastAvail(),
            now - p.link.lastPong(),
            o.sDown ? now - o.sDownSince : -1,
            -1,
            g.settings.downAfterMillis());
    return new CoreView.Peer(
        instance,
        now - o.helloAt,
        o.leader.equals("*") ? "?" : o.leader,
        o.leaderEpoch,
        (int) s.sharing(p),
        o.direct == null ? null : s.names.shown(o.direct.master()),
        o.direct == null ? 0 : o.direct.configEpoch());
  }

  private CoreView.Instance instance(
      Group g, RedisNode n, String name, String flags, long oDownMillis) {
    return new CoreView.Instance(
        name,
        s.names.shown(n.address()),
        n.runId,
        flags,
        0,
        n.link.silence(now),
        now - n.link.lastAvail(),
        now - n.link.lastPong(),
        n.sDown ? now - n.sDownSince : -1,
        oDownMillis,
        g.settings.downAfterMillis());
  }

  private CoreView.RedisPart redis(RedisNode n) {
    return new CoreView.RedisPart(
        n.infoAt == NEVER ? 0 : now - n.infoAt,
        n.reportsMaster ? "master" : "slave",
        now - n.roleSince,
        n.info == null ? "" : n.info.raw());
  }

  private String masterFlags(Group g) {
    List<String> flags = new ArrayList<>();
    add(flags, g.master.sDown, "s_down");
    add(flags, g.oDown, "o_down");
    flags.add("master");
    add(flags, !g.master.link.up(), "disconnected");
    add(flags, g.failingOver(), "failover_in_progress");
    add(flags, g.forced, "force_failover");
    add(flags, g.master.scriptKillSent, "script_kill_sent");
    add(flags, g.master.rebooted, "master_reboot");
    return String.join(",", flags);
  }

  private String replicaFlags(Group g, RedisNode r) {
    List<String> flags = new ArrayList<>();
    add(flags, r.sDown, "s_down");
    flags.add("slave");
    add(flags, !r.link.up(), "disconnected");
    add(flags, r == g.promoted, "promoted");
    add(flags, r.reconf == RedisNode.Reconf.SENT, "reconf_sent");
    add(flags, r.reconf == RedisNode.Reconf.IN_PROGRESS, "reconf_inprog");
    add(flags, r.reconf == RedisNode.Reconf.DONE, "reconf_done");
    add(flags, r.scriptKillSent, "script_kill_sent");
    return String.join(",", flags);
  }

  private static void add(List<String> flags, boolean set, String flag) {
    if (set) {
      flags.add(flag);
    }
  }
}
