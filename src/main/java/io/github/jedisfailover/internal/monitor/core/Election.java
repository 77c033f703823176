package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Asking the peers, giving votes, counting them. */
final class Election {
  private final CoreState s;

  Election(CoreState state) {
    this.s = state;
  }

  /** As {@code sentinelAskMasterStateToOtherSentinels}. */
  void askPeers(Group g, boolean now) {
    boolean switchover = g.asked != null && g.phase == Group.Phase.WAIT_START;
    if (!g.master.sDown && !switchover) {
      return;
    }
    g.opinions.forEach(
        (peer, opinion) -> {
          if (peer.link.up() && (now || askDue(g, opinion))) {
            opinion.askedAt = s.now;
            s.act(
                new CoreAction.AskPeer(
                    peer.target,
                    g.name(),
                    s.names.shown(g.master.address()),
                    s.currentEpoch,
                    g.failingOver() ? s.myId : "*"));
          }
        });
  }

  private boolean askDue(Group g, PeerNode.Opinion o) {
    boolean agreed = o.masterDown && (g.phase != Group.Phase.WAIT_START || votedNow(g, o));
    return s.now - o.askedAt >= (agreed ? s.period(Period.ASK) : Times.ASK_PERIOD_DISAGREED);
  }

  private static boolean votedNow(Group g, PeerNode.Opinion o) {
    return o.leaderEpoch == g.failoverEpoch && !o.leader.equals("*");
  }

  /** {@code SENTINEL IS-MASTER-DOWN-BY-ADDR} from a peer; the vote is stored before the answer. */
  void asked(CoreInput.PeerAsked in) {
    Group g =
        s.groups.values().stream()
            .filter(x -> s.names.same(x.master.address(), in.master()))
            .findFirst()
            .orElse(null);
    if (g == null) {
      s.act(new CoreAction.AnswerPeer(in.ticket(), false, "*", 0));
      return;
    }
    boolean down = g.master.sDown && !s.tilt;
    lookIfPeersSeeMore(g);
    if (in.candidate().equals("*")) {
      s.act(new CoreAction.AnswerPeer(in.ticket(), down, "*", 0));
      return;
    }
    VoteRule.Vote vote = vote(g, in.epoch(), in.candidate());
    s.act(new CoreAction.AnswerPeer(in.ticket(), down, vote.leader(), vote.leaderEpoch()));
  }

  /** Somebody has a reason to ask: it may know of a reboot that we have not noticed. */
  private void lookIfPeersSeeMore(Group g) {
    RedisNode m = g.master;
    boolean due = s.now - m.infoAskedAt >= Times.INFO_PERIOD_AWAITED;
    if (s.departures.emptyMaster() && !m.sDown && m.link.up() && due) {
      m.infoAskedAt = s.now;
      s.act(new CoreAction.AskInfo(m.target));
    }
  }

  private VoteRule.Vote vote(Group g, long epoch, String candidate) {
    boolean raised = s.raiseEpoch(epoch, g);
    if (epoch > s.currentEpoch) {
      return new VoteRule.Vote(g.leader, g.leaderEpoch, false); // an epoch we do not believe in
    }
    VoteRule.Vote vote =
        VoteRule.decide(epoch, candidate, s.currentEpoch, g.leader, g.leaderEpoch, s.remembers);
    if (vote.fresh()) {
      g.leader = vote.leader();
      g.leaderEpoch = vote.leaderEpoch();
      s.warn(g, "+vote-for-leader", vote.leader() + " " + vote.leaderEpoch());
      if (!candidate.equals(s.myId)) {
        // We stay out of the way of the one we voted for.
        g.failoverStart = s.now + s.dice.below(1_000);
        g.delayReported = false;
      }
    }
    if (raised || vote.fresh()) {
      s.persist();
    }
    return vote;
  }

  void answered(CoreInput.PeerAnswered in) {
    Group g = s.groups.get(in.masterName());
    PeerNode peer = s.peers.get(in.peer().address());
    PeerNode.Opinion o = g == null || peer == null ? null : g.opinions.get(peer);
    if (o == null) {
      return;
    }
    o.answeredAt = s.now;
    o.masterDown = in.down();
    if (!in.leader().equals("*")) {
      o.leader = in.leader();
      o.leaderEpoch = in.leaderEpoch();
    }
  }

  /** Opens the epoch and votes for ourselves, in the same step, as Sentinel does. */
  void stand(Group g) {
    s.currentEpoch++;
    g.failoverEpoch = s.currentEpoch;
    g.failoverStart = s.now + s.dice.below(1_000);
    g.delayReported = false;
    g.enter(Group.Phase.WAIT_START, s.now);
    s.warn(g, "+new-epoch", Long.toString(s.currentEpoch));
    s.warn(g, "+try-failover", Texts.master(g));
    vote(g, g.failoverEpoch, s.myId);
    askPeers(g, true);
  }

  /**
   * Whether we lead this failover: a majority of all voters, dead ones included, and at least the
   * quorum voted for us in its epoch, and we did not vote for a later candidate ourselves.
   */
  boolean won(Group g) {
    if (!stillOurs(g)) {
      return false;
    }
    long votes =
        1
            + g.opinions.values().stream()
                .filter(o -> o.leaderEpoch == g.failoverEpoch && o.leader.equals(s.myId))
                .count();
    return votes >= Math.max(s.majority(g), g.settings.quorum());
  }

  /**
   * Whether nobody can win this epoch any more: several stood at the same moment, and no candidate
   * can still reach the majority with the voters that did not tell their vote and can be reached.
   *
   * <p>A voter that cannot be reached counts as one that does not vote. It may have voted for
   * another candidate all the same; trying again too soon is then in that candidate's way, but
   * never makes two leaders of one epoch.
   */
  boolean split(Group g) {
    if (!stillOurs(g)) {
      return false;
    }
    Map<String, Integer> votes = new HashMap<>();
    votes.put(s.myId, 1);
    int open = 0;
    for (Map.Entry<PeerNode, PeerNode.Opinion> e : g.opinions.entrySet()) {
      PeerNode.Opinion o = e.getValue();
      if (o.leaderEpoch == g.failoverEpoch && !o.leader.equals("*")) {
        votes.merge(o.leader, 1, Integer::sum);
      } else if (e.getKey().link.up()) {
        open++;
      }
    }
    boolean several = votes.size() > 1;
    int reachable = Collections.max(votes.values()) + open;
    return several && reachable < Math.max(s.majority(g), g.settings.quorum());
  }

  /**
   * Gives up this epoch and stands again soon. Sentinel waits for the election time-out and then
   * twice the failover time-out, half a minute and more without a master; a candidate that could
   * not win has no reason to.
   */
  void standAgainSoon(Group g) {
    g.failoverStart = NEVER;
    g.standAt = s.now + Times.SPLIT_RETRY / 5 + s.dice.below(Times.SPLIT_RETRY);
  }

  /** Whether our own last vote is still the one for ourselves in this failover. */
  boolean stillOurs(Group g) {
    return g.leaderEpoch == g.failoverEpoch && g.leader.equals(s.myId);
  }

  /** A voter without memory has heard everybody: from here on it votes, in higher epochs only. */
  void remember() {
    if (s.remembers || !heardEverybody()) {
      return;
    }
    long floor =
        s.peers.values().stream()
            .mapToLong(p -> p.currentEpoch)
            .filter(e -> s.believable(e, null))
            .reduce(s.currentEpoch, Math::max);
    s.raiseEpoch(floor, null);
    s.voteFloor = s.currentEpoch;
    s.groups.values().forEach(g -> g.leaderEpoch = Math.max(g.leaderEpoch, s.voteFloor));
    s.remembers = true;
    s.persist();
  }

  /**
   * The members too: what every voter forgot in turn while the node was away would be lost for
   * good.
   */
  private boolean heardEverybody() {
    return s.peers.values().stream().allMatch(p -> p.heardDirectly)
        && s.groups.values().stream()
            .flatMap(g -> g.opinions.values().stream())
            .allMatch(o -> o.membersTold);
  }

  boolean mayStandAgain(Group g) {
    return g.failoverStart == NEVER
        || s.now - g.failoverStart >= 2 * g.settings.failoverTimeoutMillis();
  }
}
