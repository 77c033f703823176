package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

import io.github.jedisfailover.internal.monitor.core.Group.Phase;
import io.github.jedisfailover.topology.NodeAddress;

/**
 * A manual failover of a healthy master loses nothing: its writes wait until the replica has all of
 * them, and it is a replica itself before anybody is told. Its clients are not killed while their
 * writes wait, since they could not know that those were never run; they are refused instead.
 */
final class HandoverRule {
  private final CoreState s;

  HandoverRule(CoreState state) {
    this.s = state;
  }

  /** Begins, unless the master is in trouble: then the usual rules apply. */
  boolean begin(Group g) {
    if (!g.forced || !s.departures.handover() || g.master.sDown || !g.master.link.up()) {
      return false;
    }
    long millis = Math.min(Times.LONGEST_PAUSE, g.settings.downAfterMillis() * 3 / 4);
    g.handover = new Handover(g.master.target, s.now, millis);
    s.act(new CoreAction.PauseWrites(g.master.target, millis));
    return true;
  }

  void paused(CoreInput.WritesPaused in) {
    Group g = s.groups.get(in.target().master());
    if (g != null && g.handover != null && g.handover.master.equals(in.target())) {
      g.handover.paused(in.refusal());
      if (!in.refusal().isEmpty()) {
        String text = in.target().address() + " does not pause its writes: " + in.refusal();
        s.act(new CoreAction.Note(CoreAction.Level.WARNING, text));
      }
    }
  }

  /** Asks the replica over and over, and tells whether it has everything. */
  boolean caughtUp(Group g) {
    boolean there = g.handover.caughtUp(g.promoted);
    if (!there
        && g.handover.offset != NEVER
        && g.promoted.link.up()
        && s.now - g.promoted.infoAskedAt >= SentinelCore.TICK_MILLIS) {
      g.promoted.infoAskedAt = s.now;
      s.act(new CoreAction.AskInfo(g.promoted.target));
    }
    return there;
  }

  /** Whether an order to lead could still be undone, and must be, since the pause is over. */
  boolean tooLate(Group g) {
    return g.handover != null && s.now > g.handover.pausedUntil && !inTrouble(g);
  }

  /** It answers, and goes on as a master: its own word, after it was asked to step down. */
  boolean stays(Group g) {
    return s.now > g.handover.pausedUntil && g.handover.stays && !inTrouble(g);
  }

  boolean inTrouble(Group g) {
    return g.master.sDown || !g.master.link.up();
  }

  /** Nobody was told of it, and the old master never stopped to be one. */
  void takeBack(Group g) {
    s.act(new CoreAction.MakeReplicaOf(g.promoted.target, s.names.shown(g.master.address())));
  }

  /**
   * Asks the old master to step down; {@code true} once it has, or cannot be waited for any more: a
   * master that fails here is replaced as in any failover.
   */
  boolean steppedDown(Group g) {
    Handover h = g.handover;
    if (h.steppedDown || g.master.sDown || s.now > h.pausedUntil) {
      return true;
    }
    if (g.master.link.up() && s.now - h.stepDownAskedAt >= Times.INFO_PERIOD_AWAITED) {
      h.stepDownAskedAt = s.now;
      s.act(new CoreAction.StepDown(h.master, s.names.shown(g.promoted.address())));
    }
    return false;
  }

  /** The clients that follow us have left by then; the others must be made to. */
  void planDismissal(Group g) {
    if (g.handover != null && g.handover.steppedDown) {
      g.steppedDown = g.handover.master.address();
      g.dismissAt = s.now + Times.DISMISSAL;
    }
  }

  void dismissIfDue(Group g) {
    if (g.steppedDown == null || s.now < g.dismissAt) {
      return;
    }
    RedisNode old = g.replicas.get(g.steppedDown);
    g.steppedDown = null;
    if (old != null && old.link.up() && !old.reportsMaster) {
      s.act(new CoreAction.DismissClients(old.target));
    }
  }

  /** However the failover has ended: nobody waits for it any more, and no write does. */
  void endIfOver(Group g) {
    if (g.asked != null && (g.phase == Phase.NONE || g.promotionSeen())) {
      s.act(new CoreAction.AnswerOperator(g.asked.ticket(), result(g)));
      g.asked = null;
    }
    if (g.handover != null && g.phase == Phase.NONE) {
      if (!g.handover.steppedDown && g.handover.refusal.isEmpty()) {
        s.act(new CoreAction.ResumeWrites(g.handover.master));
      }
      g.handover = null;
    }
  }

  private static OrderResult result(Group g) {
    NodeAddress now = g.currentMaster();
    if (g.asked.to().map(now::equals).orElse(!now.equals(g.asked.from()))) {
      return new OrderResult.Done();
    }
    return new OrderResult.Refused("ABORTED " + g.aborted);
  }
}
