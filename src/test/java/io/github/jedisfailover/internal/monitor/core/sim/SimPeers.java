package io.github.jedisfailover.internal.monitor.core.sim;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What monitors say to each other. */
final class SimPeers {
  private record Ticket(SimMonitor from, int life, Target.Peer to) {}

  private final SimWorld w;
  private final Map<Long, Ticket> tickets = new HashMap<>();
  private long nextTicket;

  SimPeers(SimWorld world) {
    this.w = world;
  }

  SimMonitor at(NodeAddress address) {
    return w.monitors.stream().filter(m -> m.address.equals(address)).findFirst().orElse(null);
  }

  void ask(SimMonitor m, CoreAction.AskPeer a) {
    if (!a.candidate().equals("*")) {
      PersistentState disk = m.disk == null ? new PersistentState("", 0, List.of()) : m.disk;
      long own = disk.group(SimWorld.GROUP).map(PersistentState.Group::leaderEpoch).orElse(-1L);
      w.invariants.check(
          own >= m.epochOfTry, "candidate " + m.index + " asked before its vote was stored");
      w.invariants.voteTold(m.index, SimWorld.GROUP, m.id, m.epochOfTry, disk);
    }
    SimMonitor to = at(a.peer().address());
    if (to == null) {
      return;
    }
    int toLife = to.life;
    long ticket = nextTicket++;
    tickets.put(ticket, new Ticket(m, m.life, a.peer()));
    w.send(
        m.address,
        to.address,
        () ->
            w.input(
                to, toLife, new CoreInput.PeerAsked(ticket, a.master(), a.epoch(), a.candidate())));
  }

  /** The peer's listener answers from its core's view, not through its core. */
  void askMembers(SimMonitor m, Target.Peer peer) {
    int life = m.life;
    SimMonitor to = at(peer.address());
    w.send(
        m.address,
        to.address,
        () -> {
          if (to.alive && !to.stalled(w.now)) {
            List<NodeAddress> replicas =
                to.core.view(w.now + to.skew).master(SimWorld.GROUP).stream()
                    .flatMap(g -> g.replicas().stream())
                    .map(r -> r.instance().address())
                    .toList();
            w.send(
                to.address,
                m.address,
                () -> w.input(m, life, new CoreInput.MembersTold(peer, SimWorld.GROUP, replicas)));
          }
        });
  }

  void answer(SimMonitor m, CoreAction.AnswerPeer a) {
    if (!a.leader().equals("*")) {
      PersistentState disk = m.disk == null ? new PersistentState("", 0, List.of()) : m.disk;
      w.invariants.voteTold(m.index, SimWorld.GROUP, a.leader(), a.leaderEpoch(), disk);
    }
    Ticket asked = tickets.remove(a.ticket());
    SimMonitor to = asked.from();
    w.send(
        m.address,
        to.address,
        () ->
            w.input(
                to,
                asked.life(),
                new CoreInput.PeerAnswered(
                    asked.to(), SimWorld.GROUP, a.down(), a.leader(), a.leaderEpoch())));
  }

  void pong(SimMonitor to, SimMonitor m, int life, Target target) {
    if (!to.alive) {
      return;
    }
    long wait = Math.max(0, to.stalledUntil - w.now);
    w.at(
        wait,
        () ->
            w.send(
                to.address, m.address, () -> w.input(m, life, new CoreInput.Pong(target, "PONG"))));
  }
}
