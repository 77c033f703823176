package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.internal.monitor.core.Group.Phase;
import java.util.Optional;

/**
 * The failover of one group, as {@code sentinelFailoverStateMachine}: each phase moves on as soon
 * as what it waits for has happened, not at the next run of a timer.
 */
final class FailoverFlow {
  private final CoreState s;
  private final Election election;
  private final HelloRule hellos;
  private final HandoverRule handover;
  private final CandidateRule candidates;
  private final ReconfRule reconf;

  FailoverFlow(
      CoreState state,
      Election election,
      HelloRule hellos,
      HandoverRule handover,
      CandidateRule candidates) {
    this.s = state;
    this.election = election;
    this.hellos = hellos;
    this.handover = handover;
    this.candidates = candidates;
    this.reconf = new ReconfRule(state);
  }

  void advance(Group g) {
    startIfNeeded(g);
    Phase before;
    do {
      before = g.phase;
      switch (g.phase) {
        case WAIT_START -> waitStart(g);
        case SELECT_SLAVE -> select(g);
        case HAND_OVER -> handOver(g);
        case SEND_SLAVEOF_NOONE -> sendNoOne(g);
        case WAIT_PROMOTION -> waitPromotion(g);
        case STEP_DOWN -> stepDown(g);
        case RECONF_SLAVES -> reconf.advance(g);
        case UPDATE_CONFIG -> finish(g);
        default -> {
          return;
        }
      }
    } while (g.phase != before);
  }

  private void startIfNeeded(Group g) {
    if (!g.oDown || g.failingOver() || !s.remembers || s.now < g.standAt) {
      return;
    }
    if (election.mayStandAgain(g)) {
      election.stand(g);
    } else if (!g.delayReported) {
      g.delayReported = true;
      long wait = g.failoverStart + 2 * g.settings.failoverTimeoutMillis() - s.now;
      s.act(
          new CoreAction.Note(
              CoreAction.Level.NOTICE,
              "Next failover delay: I will not start a failover of "
                  + g.name()
                  + " within "
                  + wait
                  + " ms"));
    }
  }

  /** As {@code SENTINEL FAILOVER}: no ODOWN, no delay, no election; the vote is recorded. */
  void force(Group g) {
    g.forced = true;
    g.aborted = "for a newer configuration";
    s.act(
        new CoreAction.Note(
            CoreAction.Level.NOTICE, "Executing user requested FAILOVER of " + g.name()));
    election.stand(g);
  }

  private void crashIf(int flag) {
    if ((s.simulated & flag) != 0) {
      s.act(new CoreAction.Crash(Simulated.STATUS));
    }
  }

  private void waitStart(Group g) {
    long limit = Math.min(s.period(Period.ELECTION_TIMEOUT), g.settings.failoverTimeoutMillis());
    if (election.won(g) || g.forced && g.asked == null) {
      s.warn(g, "+elected-leader", Texts.master(g));
      crashIf(Simulated.CRASH_AFTER_ELECTION);
      g.enter(Phase.SELECT_SLAVE, s.now);
      s.warn(g, "+failover-state-select-slave", Texts.master(g));
    } else if (s.departures.splitRetry() && election.split(g)) {
      abort(g, "-failover-abort-not-elected");
      election.standAgainSoon(g);
    } else if (s.now - g.failoverStart > limit) {
      abort(g, "-failover-abort-not-elected");
    }
  }

  private void select(Group g) {
    if (s.now - g.phaseSince < Times.FRESH_INFO_WAIT && !offsetsAreFresh(g)) {
      return;
    }
    Optional<RedisNode> chosen = candidates.best(g);
    if (chosen.isEmpty()) {
      abort(g, "-failover-abort-no-good-slave");
      return;
    }
    g.promoted = chosen.get();
    s.warn(g, "+selected-slave", Texts.node(g, g.promoted));
    if (handover.begin(g)) {
      g.enter(Phase.HAND_OVER, s.now);
    } else if (g.asked != null) {
      abort(g, "-failover-abort-slave-timeout");
    } else {
      readyToLead(g);
    }
  }

  /** The replica catches up with a master whose writes wait. */
  private void handOver(Group g) {
    Handover h = g.handover;
    if (!election.stillOurs(g)) {
      abort(g, "-failover-abort-not-elected");
    } else if (!h.refusal.isEmpty() && g.asked == null) {
      g.handover = null; // as Sentinel, which never pauses
      readyToLead(g);
    } else if (!h.refusal.isEmpty() || s.now > h.orderUntil || handover.inTrouble(g)) {
      abort(g, "-failover-abort-slave-timeout");
    } else if (handover.caughtUp(g)) {
      readyToLead(g);
    }
  }

  private void readyToLead(Group g) {
    g.enter(Phase.SEND_SLAVEOF_NOONE, s.now);
    s.notice(g, "+failover-state-send-slaveof-noone", Texts.node(g, g.promoted));
  }

  private boolean offsetsAreFresh(Group g) {
    return !g.master.sDown
        || g.replicas.values().stream()
            .filter(RedisNode::usable)
            .allMatch(r -> r.infoAt >= g.master.sDownSince);
  }

  private void sendNoOne(Group g) {
    if (!election.stillOurs(g)) {
      abort(g, "-failover-abort-not-elected"); // a later candidate has our vote: it leads now
    } else if (g.handover != null && s.now > g.handover.orderUntil) {
      abort(g, "-failover-abort-slave-timeout");
    } else if (g.promoted.link.up()) {
      s.act(new CoreAction.MakeMaster(g.promoted.target));
      g.promoted.infoAskedAt = s.now;
      g.enter(Phase.WAIT_PROMOTION, s.now);
      s.notice(g, "+failover-state-wait-promotion", Texts.node(g, g.promoted));
    } else {
      abortAfterTimeout(g);
    }
  }

  private void waitPromotion(Group g) {
    if (handover.tooLate(g)) {
      handover.takeBack(g);
      abort(g, "-failover-abort-slave-timeout");
    } else {
      abortAfterTimeout(g);
    }
  }

  private void abortAfterTimeout(Group g) {
    if (s.now - g.phaseSince > g.settings.failoverTimeoutMillis()) {
      abort(g, "-failover-abort-slave-timeout");
    }
  }

  private void abort(Group g, String event) {
    g.aborted = event;
    if (g.handover != null) {
      g.failoverStart = Times.NEVER; // nothing was tried yet if the master fails now
    }
    s.warn(g, event, Texts.master(g));
    g.promoted = null;
    g.forced = false;
    g.enter(Phase.NONE, s.now);
  }

  /**
   * Our vote is not on disk, and what this step would have sent on the strength of it was dropped.
   */
  void voteLost(Group g) {
    boolean orderSent =
        g.phase == Phase.STEP_DOWN || g.phase == Phase.WAIT_PROMOTION && g.phaseSince < s.now;
    if (g.failingOver() && !g.promotionSeen() && !orderSent) {
      abort(g, "-failover-abort-not-elected");
    }
  }

  /**
   * The promoted replica reports role master: the point of no return, unless the old one has to
   * step down first. Until it has, nobody is told: clients would cut connections on which a paused
   * write waits for its answer.
   */
  void promotionSeen(Group g) {
    if (handover.tooLate(g)) {
      waitPromotion(g);
    } else if (g.handover != null) {
      g.enter(Phase.STEP_DOWN, s.now);
    } else {
      pointOfNoReturn(g);
    }
  }

  private void stepDown(Group g) {
    if (handover.stays(g)) {
      handover.takeBack(g);
      abort(g, "-failover-abort-slave-timeout");
    } else if (handover.steppedDown(g)) {
      pointOfNoReturn(g);
    }
  }

  private void pointOfNoReturn(Group g) {
    g.configEpoch = g.failoverEpoch;
    g.enter(Phase.RECONF_SLAVES, s.now);
    s.persist();
    s.warn(g, "+promoted-slave", Texts.node(g, g.promoted));
    crashIf(Simulated.CRASH_AFTER_PROMOTION);
    s.warn(g, "+failover-state-reconf-slaves", Texts.master(g));
    s.runReconfigScript(g, "leader", g.master.address(), g.promoted.address());
    hellos.sayNow(g);
  }

  private void finish(Group g) {
    handover.planDismissal(g);
    hellos.switchMaster(g, g.promoted.address());
    s.persist();
  }

  /** INFO of a node. */
  void noteProgress(Group g, RedisNode r) {
    reconf.noteProgress(g, r);
  }

  /** Whether the next INFO of this node is being waited for. */
  boolean awaits(Group g, RedisNode r) {
    boolean selecting = g.phase == Phase.SELECT_SLAVE && r.infoAt < g.master.sDownSince;
    boolean promoting = g.phase == Phase.WAIT_PROMOTION && r == g.promoted;
    return selecting || promoting || reconf.awaits(g, r);
  }
}
