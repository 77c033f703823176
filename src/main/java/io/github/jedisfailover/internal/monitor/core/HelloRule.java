package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.Set;
import java.util.TreeSet;

/** Telling others what we believe, hearing what they believe, and following the newer belief. */
final class HelloRule {
  private final CoreState s;
  private final Election election;
  private final PeerRule peers;

  HelloRule(CoreState state, Election election, PeerRule peers) {
    this.s = state;
    this.election = election;
    this.peers = peers;
  }

  void sayIfDue(Group g) {
    for (RedisNode n : g.nodes()) {
      boolean due =
          s.now - n.helloAt >= s.period(Period.PUBLISH)
              && s.now - n.helloAskedAt >= s.period(Period.PUBLISH) / 2;
      // PUBLISH may be replicated, so a paused master would not answer it, nor anything behind it
      boolean paused = n == g.master && g.handover != null;
      if (n.link.up() && due && !paused) {
        say(g, n);
      }
    }
    g.opinions.forEach(
        (peer, opinion) -> {
          if (peer.link.up() && s.now - opinion.helloSaidAt >= s.period(Period.PUBLISH)) {
            say(g, peer, opinion);
          }
        });
  }

  /** As Sentinel forces its hellos after a promotion. */
  void sayNow(Group g) {
    g.nodes().stream().filter(n -> n.link.up()).forEach(n -> say(g, n));
    g.opinions.forEach(
        (peer, opinion) -> {
          if (peer.link.up()) {
            say(g, peer, opinion);
          }
        });
  }

  void sayTo(Group g, PeerNode peer) {
    say(g, peer, g.opinions.get(peer));
  }

  private void say(Group g, RedisNode n) {
    n.helloAskedAt = s.now;
    s.act(new CoreAction.SayHello(n.target, hello(g)));
  }

  private void say(Group g, PeerNode peer, PeerNode.Opinion opinion) {
    opinion.helloSaidAt = s.now;
    s.act(new CoreAction.SayHello(peer.target, hello(g)));
  }

  private Hello hello(Group g) {
    NodeAddress master = s.names.shown(g.currentMaster());
    return new Hello(announced(), s.myId, s.currentEpoch, g.name(), master, g.configEpoch);
  }

  /** Where peers find us; {@link Hello#ANY_HOST} if the driver must take the socket's address. */
  private NodeAddress announced() {
    if (!s.discovers) {
      return s.me;
    }
    String ip = s.global.announceIp();
    int port = s.global.announcePort();
    return new NodeAddress(ip.isEmpty() ? s.me.host() : ip, port == 0 ? s.me.port() : port);
  }

  void heard(Hello hello, boolean direct) {
    if (hello.senderId().equals(s.myId)) {
      return;
    }
    if (s.discovers) {
      fromAnybody(hello, direct);
    } else {
      fromVoter(hello, direct);
    }
  }

  /** As {@code sentinelProcessHelloMessage}: whoever knows a master of ours is a peer. */
  private void fromAnybody(Hello hello, boolean direct) {
    Group g = s.groups.get(hello.masterName());
    if (g == null) {
      return;
    }
    boolean changed = false;
    PeerNode peer = null;
    if (s.names.usable(hello.sender())) {
      peer = peers.met(g, hello.senderId(), hello.sender());
      changed = noted(g, peer, hello, direct);
    } else {
      changed = s.raiseEpoch(hello.currentEpoch(), g);
    }
    if (peer != null && s.names.usable(hello.master())) {
      changed |= follow(g, peer, hello);
    }
    if (changed) {
      s.persist();
    }
  }

  private boolean noted(Group g, PeerNode peer, Hello hello, boolean direct) {
    peer.currentEpoch = Math.max(peer.currentEpoch, hello.currentEpoch());
    PeerNode.Opinion opinion = g.opinions.get(peer);
    opinion.helloAt = s.now;
    if (direct) {
      opinion.direct = hello;
      opinion.directAt = s.now;
    }
    return s.raiseEpoch(hello.currentEpoch(), g);
  }

  /**
   * Voters are configured by address, so a hello from an address that is no voter is not counted
   * and changes nothing: a stray monitor cannot move the master.
   */
  private void fromVoter(Hello hello, boolean direct) {
    PeerNode peer = s.peers.get(hello.sender());
    if (peer == null) {
      return;
    }
    peer.currentEpoch = Math.max(peer.currentEpoch, hello.currentEpoch());
    // Not in the first moments: a request of our former self may still be on its way to that peer.
    peer.heardDirectly |= direct && s.now - s.startedAt >= Times.HELLO_DELAY_BOUND;
    election.remember();
    Group g = s.groups.get(hello.masterName());
    if (g == null) {
      return;
    }
    boolean changed = learnId(g, peer, hello.senderId());
    changed |= noted(g, peer, hello, direct);
    changed |= follow(g, peer, hello);
    if (changed) {
      s.persist();
    }
  }

  private boolean learnId(Group g, PeerNode peer, String id) {
    if (peer.id.equals(id)) {
      return false;
    }
    if (!peer.id.isEmpty()) {
      s.notice(g, "+sentinel-invalid-addr", Texts.peer(g, peer));
    }
    peer.id = id;
    s.notice(g, "+sentinel", Texts.peer(g, peer));
    return true;
  }

  /** A higher configuration epoch wins; a lower or equal one never changes anything. */
  private boolean follow(Group g, PeerNode peer, Hello hello) {
    boolean wrongGuess = othersStartedElsewhere(g, hello);
    boolean unknownEpoch = s.departures.epochCap() && hello.configEpoch() > s.currentEpoch;
    if (!wrongGuess && hello.configEpoch() <= g.configEpoch || unknownEpoch) {
      return false; // no configuration is newer than the epoch that its sender knows
    }
    g.configEpoch = hello.configEpoch();
    if (!s.names.same(hello.master(), g.master.address())) {
      s.warn(g, "+config-update-from", Texts.peer(g, peer));
      NodeAddress from = g.master.address();
      switchMaster(g, s.names.among(g.replicas.keySet(), hello.master()));
      s.runReconfigScript(g, "observer", from, hello.master());
    } else if (g.failingOver()) {
      // Others agreed on the master we were replacing: our own attempt is out of date.
      g.promoted = null;
      g.forced = false;
      g.enter(Group.Phase.NONE, s.now);
    }
    return true;
  }

  /**
   * Before the first failover the master of configured voters is what each found at its start. One
   * that started without memory while that node was away found another, and no epoch will ever tell
   * it: there a majority does.
   */
  private boolean othersStartedElsewhere(Group g, Hello hello) {
    if (s.discovers || g.configEpoch != 0 || hello.configEpoch() != 0 || g.failingOver()) {
      return false;
    }
    long agreeing =
        g.opinions.values().stream()
            .filter(o -> o.direct != null && o.direct.configEpoch() == 0)
            .filter(o -> o.direct.master().equals(hello.master()))
            .count();
    return !hello.master().equals(g.master.address()) && agreeing >= s.majority(g);
  }

  /**
   * As {@code sentinelResetMasterAndChangeAddress}, but links stay open and what INFO told of the
   * other replicas is kept: both are still true, and clients go on reading from them.
   */
  void switchMaster(Group g, NodeAddress to) {
    NodeAddress from = g.master.address();
    s.warn(g, "+switch-master", g.name() + " " + Texts.hostPort(from) + " " + Texts.hostPort(to));
    RedisNode old = g.master;
    RedisNode next = g.replicas.get(to);
    Set<NodeAddress> others = new TreeSet<>(g.replicas.keySet());
    others.remove(to);
    g.master = renewed(g, next, to, true);
    for (NodeAddress address : others) {
      g.replicas.put(address, renewed(g, g.replicas.get(address), address, false));
    }
    g.replicas.remove(to);
    g.replicas.put(from, renewed(g, old, from, false));
    g.replicas.get(from).info = null; // what it said as a master says nothing of the replica
    g.replicas.get(from).infoAt = NEVER;
    g.promoted = null;
    g.forced = false;
    g.enter(Group.Phase.NONE, s.now);
    g.failoverStart = NEVER;
    g.oDown = false;
    g.leader = "*";
    g.switchedAt = s.now;
    g.opinions.values().forEach(PeerNode.Opinion::forget);
    g.replicas.values().forEach(r -> s.notice(g, "+slave", Texts.node(g, r)));
  }

  private RedisNode renewed(Group g, RedisNode before, NodeAddress address, boolean master) {
    Target.Redis target = new Target.Redis(g.name(), address);
    if (before == null) {
      s.act(new CoreAction.OpenLink(target));
      return new RedisNode(target, new LinkHealth(s.now), master, s.now);
    }
    before.link.reset(s.now);
    RedisNode node = new RedisNode(target, before.link, master, s.now);
    node.info = before.info;
    node.infoAt = before.infoAt;
    node.runId = before.runId;
    node.member = before.member || master;
    node.reportedMaster = before.reportedMaster;
    node.helloAt = before.helloAt;
    node.helloAskedAt = before.helloAskedAt;
    return node;
  }

  /**
   * Whether it is certain that no configuration newer than ours was in force when something was
   * seen at {@code since}: a majority of the voters, this one included, told afterwards that they
   * know no epoch above our configuration's. A newer one would have needed the stored votes of a
   * majority, and two majorities share a voter.
   */
  boolean confirmedSince(Group g, long since) {
    if (!s.departures.fastDemotion() || s.currentEpoch != g.configEpoch) {
      return false;
    }
    long confirming =
        g.opinions.values().stream()
            .filter(
                o ->
                    o.direct != null
                        && o.directAt >= since + Times.HELLO_DELAY_BOUND
                        && o.direct.currentEpoch() == g.configEpoch
                        && o.direct.configEpoch() == g.configEpoch
                        && s.names.same(o.direct.master(), g.master.address()))
            .count();
    return 1 + confirming >= s.majority(g);
  }
}
