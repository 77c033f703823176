package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;

/**
 * The Sentinel state machine: inputs and the time go in, actions come out. It reacts to each input
 * at once where Sentinel waits for its timer; what it sends and when it judges is Sentinel's.
 */
public final class SentinelCore implements MonitorCore {
  /** Period of {@link CoreInput.Tick}. */
  public static final long TICK_MILLIS = 25;

  private final CoreState s;
  private final Detection detection;
  private final Election election;
  private final HelloRule hellos;
  private final HandoverRule handovers;
  private final FailoverFlow flow;
  private final InfoRule infos;
  private final LinkRule links;
  private final MemberRule members;
  private final GroupRule groups;
  private final OperatorRule operators;
  private final SnapshotRule snapshots;
  private boolean started;

  /**
   * @param myId 40 hex digits
   * @param me where this monitor listens
   * @param voters all voters, {@code me} included
   * @param stored what the last run stored, or an empty state for a monitor without memory
   * @param remembers whether {@code stored} really is the last state: only then may it vote at once
   * @param departures from Sentinel's rules
   * @param seed for everything random
   */
  public SentinelCore(
      String myId,
      NodeAddress me,
      List<NodeAddress> voters,
      PersistentState stored,
      boolean remembers,
      Departures departures,
      long seed) {
    this(new CoreState(myId, me, voters, stored, remembers, departures, seed), voters);
  }

  /** With all departures from Sentinel's rules. */
  public SentinelCore(
      String myId,
      NodeAddress me,
      List<NodeAddress> voters,
      PersistentState stored,
      boolean remembers,
      long seed) {
    this(myId, me, voters, stored, remembers, Departures.ALL, seed);
  }

  /**
   * A monitor that sits in one quorum with real Sentinels: peers are discovered, everything is
   * restored from the stored state, and there always is one.
   *
   * @param myId 40 hex digits
   * @param me where this monitor listens; {@link Hello#ANY_HOST} to announce each socket's address
   * @param stored all settings, groups and what is known of them
   * @param seed for everything random
   */
  public static SentinelCore discovering(
      String myId, NodeAddress me, PersistentState stored, Departures departures, long seed) {
    List<NodeAddress> none = List.of();
    return new SentinelCore(new CoreState(myId, me, none, stored, true, departures, seed), none);
  }

  private SentinelCore(CoreState state, List<NodeAddress> voters) {
    s = state;
    for (NodeAddress voter : voters) {
      if (!voter.equals(s.me)) {
        s.peers.put(voter, new PeerNode(new Target.Peer(voter), 0));
      }
    }
    detection = new Detection(s);
    election = new Election(s);
    PeerRule peers = new PeerRule(s);
    hellos = new HelloRule(s, election, peers);
    handovers = new HandoverRule(s);
    CandidateRule candidates = new CandidateRule(s);
    flow = new FailoverFlow(s, election, hellos, handovers, candidates);
    infos = new InfoRule(s, flow, hellos);
    links = new LinkRule(s, infos, hellos);
    members = new MemberRule(s, infos, election);
    groups = new GroupRule(s, infos, hellos, peers);
    operators = new OperatorRule(s, groups, flow, candidates);
    snapshots = new SnapshotRule(s);
  }

  @Override
  public List<CoreAction> step(CoreInput input, long nowMillis) {
    s.now = Math.max(s.now, nowMillis);
    if (!started) {
      start();
    }
    if (!(input instanceof CoreInput.PersistFailed)) {
      s.awaitDisk.clear();
    }
    noticeStall(input instanceof CoreInput.Tick);
    if (input instanceof CoreInput.Tick) {
      tick();
    } else if (input instanceof CoreInput.Watch in) {
      groups.watch(in);
    } else if (input instanceof CoreInput.HostResolved in) {
      s.names.resolved(in.host(), in.ip());
    } else if (input instanceof CoreInput.Operator in) {
      operators.carryOut(in.ticket(), in.order());
    } else if (input instanceof CoreInput.HelloHeard in) {
      hellos.heard(in.hello(), in.direct());
    } else if (input instanceof CoreInput.PeerAsked in) {
      election.asked(in);
    } else if (input instanceof CoreInput.PeerAnswered in) {
      election.answered(in);
    } else if (input instanceof CoreInput.MembersTold in) {
      members.told(in);
    } else if (input instanceof CoreInput.WritesPaused in) {
      handovers.paused(in);
    } else if (input instanceof CoreInput.PersistFailed) {
      persistFailed();
    } else if (input instanceof CoreInput.Hint in) {
      links.hint(in);
    } else {
      links.take(input);
    }
    if (!s.tilt) {
      for (Group g : s.groups.values()) {
        detection.checkObjectively(g);
        flow.advance(g);
      }
    }
    s.groups.values().forEach(handovers::endIfOver);
    s.groups.values().forEach(snapshots::publishIfChanged);
    List<CoreAction> actions = List.copyOf(s.actions);
    s.actions.clear();
    return actions;
  }

  private void start() {
    started = true;
    s.startedAt = s.now;
    for (PeerNode p : s.peers.values()) {
      p.link.reset(s.now);
      s.act(new CoreAction.OpenLink(p.target));
    }
    if (s.discovers) {
      s.act(new CoreAction.UseGlobals(s.global, s.periods));
      groups.restore();
    }
    election.remember();
  }

  /** Whatever comes first after a pause must find us in TILT: nothing may be judged or promoted. */
  private void noticeStall(boolean tick) {
    long gap = s.lastTick == NEVER ? 0 : s.now - s.lastTick;
    long late = gap - TICK_MILLIS;
    if (gap > s.period(Period.TILT_TRIGGER)) {
      s.tilt = true;
      s.tiltSince = s.now;
      s.lastTick = s.now;
      s.warn(null, "+tilt", "#tilt mode entered");
    } else if (tick && late > Times.JITTER) {
      detection.discount(late);
    }
    if (tick) {
      s.lastTick = s.now;
    }
  }

  private void tick() {
    for (Group g : s.groups.values()) {
      hellos.sayIfDue(g);
      infos.askIfDue(g);
      members.askIfDue(g);
      handovers.dismissIfDue(g);
    }
    links.pingAll();
    if (s.tilt && s.now - s.tiltSince <= s.period(Period.TILT)) {
      return;
    }
    if (s.tilt) {
      s.tilt = false;
      s.warn(null, "-tilt", "#tilt mode exited");
    }
    judge();
  }

  private void judge() {
    links.cutHalfOpen();
    for (Group g : s.groups.values()) {
      detection.checkPeers(g);
      boolean wasDown = g.master.sDown;
      detection.checkNodes(g);
      election.askPeers(g, g.master.sDown && !wasDown);
    }
  }

  /** A vote that is not on disk is never told, and the failover that rests on it ends here. */
  private void persistFailed() {
    operators.notStored();
    for (Group g : s.groups.values()) {
      g.leader = "*";
      flow.voteLost(g);
    }
  }

  @Override
  public CoreView view(long nowMillis) {
    return new ViewMaker(s, Math.max(s.now, nowMillis)).view();
  }
}
