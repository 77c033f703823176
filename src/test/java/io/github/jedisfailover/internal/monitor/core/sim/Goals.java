package io.github.jedisfailover.internal.monitor.core.sim;

import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.topology.NodeAddress;

/** What must be reached once nothing goes wrong any more. */
final class Goals {
  private Goals() {}

  /** Ends all w.faults and brings everybody back. */
  static void heal(SimWorld w) {
    w.faults = false;
    w.mendAll();
    w.at(40_000, () -> MixedGroup.resetGhosts(w));
    w.at(60_000, () -> MixedGroup.correctAddresses(w));
    for (SimMonitor m : w.monitors) {
      m.stalledUntil = Math.min(m.stalledUntil, w.now);
      if (!m.alive) {
        w.start(m, false);
      }
    }
    for (SimRedis n : w.nodes.values()) {
      n.frozenUntil = Math.min(n.frozenUntil, w.now);
      if (!n.alive) {
        n.restart(w.now);
      }
    }
  }

  static boolean allAgreeOnAReachableMaster(SimWorld w) {
    NodeAddress master = null;
    long epoch = -1;
    for (SimMonitor m : w.monitors) {
      CoreView.Master view = m.core.view(w.now + m.skew).master(SimWorld.GROUP).orElse(null);
      if (view == null) {
        return false;
      }
      if (master == null) {
        master = view.current();
        epoch = view.configEpoch();
      }
      if (!master.equals(view.current())
          || epoch != view.configEpoch()
          || view.failoverState() != null) {
        return false;
      }
    }
    for (NodeAddress a : w.nodeOrder) {
      SimRedis n = w.nodes.get(a);
      if (w.mixed && !a.equals(master) && !MixedGroup.knownToAnybody(w, a)) {
        continue; // forgotten by all, as Sentinels do
      }
      boolean right = a.equals(master) ? n.masterAddress == null : master.equals(n.masterAddress);
      if (!right || !a.equals(master) && !n.linkUp) {
        return false;
      }
    }
    return true;
  }

  /** Everybody's view, for the message of a failed run. */
  static String describe(SimWorld w) {
    StringBuilder text = new StringBuilder();
    for (SimMonitor m : w.monitors) {
      CoreView v = m.core.view(w.now + m.skew);
      text.append("\n monitor ").append(m.index).append(" epoch ").append(v.currentEpoch());
      text.append(" votes ").append(v.canVote()).append(" tilt ").append(v.tilt());
      v.master(SimWorld.GROUP).ifPresent(g -> text.append(' ').append(g));
    }
    for (NodeAddress a : w.nodeOrder) {
      SimRedis n = w.nodes.get(a);
      text.append("\n node ").append(a).append(" follows ").append(n.masterAddress);
      text.append(" link ").append(n.linkUp).append(" offset ").append(n.offset);
    }
    return text.toString();
  }
}
