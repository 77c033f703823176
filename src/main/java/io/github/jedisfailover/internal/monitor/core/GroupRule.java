package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Groups that come, start over and go. */
final class GroupRule {
  private final CoreState s;
  private final InfoRule infos;
  private final HelloRule hellos;
  private final PeerRule peers;

  GroupRule(CoreState state, InfoRule infos, HelloRule hellos, PeerRule peers) {
    this.s = state;
    this.peers = peers;
    this.infos = infos;
    this.hellos = hellos;
  }

  /** What the last run stored, in a monitor that has no other configuration. */
  void restore() {
    for (PersistentState.Group known : s.stored.groups()) {
      known.settings().ifPresent(settings -> add(settings, known.master()));
    }
  }

  void watch(CoreInput.Watch in) {
    if (s.groups.containsKey(in.settings().name())) {
      return;
    }
    Group g = add(in.settings(), in.master());
    g.seeds = in.seeds();
    g.seeds.forEach(a -> infos.lookAt(g, a));
    s.persist();
  }

  /** With what was stored of a group of this name; the caller stores the new state. */
  Group add(MasterSettings settings, NodeAddress master) {
    Target.Redis target = new Target.Redis(settings.name(), master);
    Group g = new Group(settings, new RedisNode(target, new LinkHealth(s.now), true, s.now));
    g.leaderEpoch = Math.max(s.voteFloor, s.removedVotes.getOrDefault(settings.name(), 0L));
    Optional<PersistentState.Group> stored = s.stored(settings.name());
    if (!s.discovers) {
      for (PeerNode peer : s.peers.values()) {
        PeerNode.Opinion opinion = new PeerNode.Opinion(s.now);
        opinion.membersTold = stored.isPresent();
        g.opinions.put(peer, opinion);
      }
    }
    s.groups.put(settings.name(), g);
    s.act(new CoreAction.UseSettings(settings));
    s.act(new CoreAction.OpenLink(target));
    s.names.ask(master.host());
    s.warn(g, "+monitor", Texts.master(g) + " quorum " + settings.quorum());
    stored.ifPresent(
        known -> {
          g.configEpoch = known.configEpoch();
          g.leaderEpoch = Math.max(g.leaderEpoch, known.leaderEpoch());
          known.replicas().forEach(a -> infos.remember(g, a));
          if (s.discovers) {
            known.peers().forEach(p -> peers.remember(g, p.id(), p.address()));
          }
        });
    return g;
  }

  /**
   * As {@code sentinelResetMaster}. A failover that has told a new address is ended with it first:
   * forgetting it would leave this monitor telling the old address under the new epoch.
   */
  void reset(Group g) {
    if (g.promotionSeen()) {
      hellos.switchMaster(g, g.promoted.address());
      s.persist();
    }
    List<RedisNode> forgotten = new ArrayList<>(g.replicas.values());
    g.replicas.clear();
    forgotten.forEach(r -> s.act(new CoreAction.CloseLink(r.target)));
    if (s.discovers) {
      peers.release(g);
    } else {
      g.opinions.values().forEach(PeerNode.Opinion::forget);
    }
    RedisNode m = g.master;
    s.act(new CoreAction.CutLink(m.target));
    m.link.reset(s.now);
    m.runId = "";
    m.sDown = false;
    m.reportsMaster = true;
    m.roleSince = s.now;
    g.oDown = false;
    g.leader = "*";
    g.promoted = null;
    g.forced = false;
    g.enter(Group.Phase.NONE, s.now);
    g.failoverStart = NEVER;
    g.delayReported = false;
    s.warn(g, "+reset-master", Texts.master(g));
    g.seeds.forEach(a -> infos.lookAt(g, a));
  }

  /** Its vote is kept in mind: monitored again, the group must not get a second one. */
  void remove(Group g) {
    s.warn(g, "-monitor", Texts.master(g));
    g.nodes().forEach(n -> s.act(new CoreAction.CloseLink(n.target)));
    s.groups.remove(g.name());
    peers.release(g);
    s.removedVotes.put(g.name(), g.leaderEpoch);
  }
}
