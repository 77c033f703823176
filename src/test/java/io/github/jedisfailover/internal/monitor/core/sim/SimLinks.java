package io.github.jedisfailover.internal.monitor.core.sim;

import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.Target;

/** The driver's side of the connections of monitors. */
final class SimLinks {
  private final SimWorld w;

  SimLinks(SimWorld world) {
    this.w = world;
  }

  private boolean reachable(SimMonitor m, Target t) {
    boolean there =
        t instanceof Target.Redis r
            ? w.nodes.containsKey(r.address()) && w.nodes.get(r.address()).alive
            : w.peers.at(t.address()) != null && w.peers.at(t.address()).alive;
    return there && w.connected(m.address, t.address());
  }

  private int farEnd(Target t) {
    if (t instanceof Target.Redis r) {
      return w.nodes.get(r.address()).incarnation;
    }
    SimMonitor peer = w.peers.at(t.address());
    return peer == null ? -1 : peer.life;
  }

  /** The driver's side of a link: notices loss, tries again. */
  void connect(SimMonitor m, int life, Target t) {
    if (!m.alive || m.life != life || !m.links.containsKey(t)) {
      return;
    }
    boolean up = m.links.get(t);
    // A cut network loses messages but no connection; a dead process resets it.
    boolean refused =
        t instanceof Target.Redis r
            ? !w.nodes.get(r.address()).alive
            : w.peers.at(t.address()) == null || !w.peers.at(t.address()).alive;
    boolean another = up && !m.farEnds.get(t).equals(farEnd(t));
    if (up && (refused || another)) {
      m.links.put(t, false);
      w.input(m, life, new CoreInput.LinkDown(t, "reset"));
    } else if (!up) {
      boolean there = reachable(m, t);
      m.links.put(t, there);
      m.farEnds.put(t, farEnd(t));
      w.input(m, life, there ? new CoreInput.LinkUp(t) : new CoreInput.LinkDown(t, "refused"));
    }
    w.at(20 + w.random.nextInt(w.faults ? 300 : 100), () -> connect(m, life, t));
  }
}
