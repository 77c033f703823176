package io.github.jedisfailover.internal.monitor.core.sim;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.Departures;
import io.github.jedisfailover.internal.monitor.core.InfoReport;
import io.github.jedisfailover.internal.monitor.core.MasterSettings;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.internal.monitor.core.SentinelCore;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * Monitors, Redis nodes and the network between them, all from one seed. The driver's promises are
 * kept (actions in order, {@code Persist} as a barrier), everything else may go wrong.
 */
final class SimWorld {
  static final String GROUP = "mymaster";

  private record Event(long at, long order, Runnable run) implements Comparable<Event> {
    @Override
    public int compareTo(Event o) {
      return at != o.at ? Long.compare(at, o.at) : Long.compare(order, o.order);
    }
  }

  private record Pair(Object a, Object b) {}

  private record Ticket(SimMonitor from, int life, Target.Peer to) {}

  final long seed;
  final Random random;
  final List<SimMonitor> monitors = new ArrayList<>();
  final Map<NodeAddress, SimRedis> nodes = new HashMap<>();
  final List<NodeAddress> nodeOrder = new ArrayList<>();
  final Invariants invariants;
  final MasterSettings settings;
  final boolean mixed;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<Pair, Long> cuts = new HashMap<>();
  private final Map<Long, Ticket> tickets = new HashMap<>();
  private final List<NodeAddress> voters = new ArrayList<>();
  private long order;
  private long nextTicket;
  private int lives;
  long now = 1_000_000;
  boolean faults = true;
  long steps;
  long handovers;
  long lostInHandover;

  SimWorld(long seed) {
    this(seed, false);
  }

  /**
   * @param mixed monitors that discover their peers, some of them with exactly Sentinel's rules
   */
  SimWorld(long seed, boolean mixed) {
    this.mixed = mixed;
    this.seed = seed;
    this.random = new Random(seed);
    int monitorCount = random.nextInt(4) == 0 ? 5 : 3;
    int nodeCount = 2 + random.nextInt(3);
    boolean byMajority = random.nextBoolean() || mixed;
    int quorum = byMajority ? monitorCount / 2 + 1 : 2;
    invariants = new Invariants(monitorCount, quorum);
    settings = new MasterSettings(GROUP, quorum, 1_000, 3_000, 1 + random.nextInt(2));
    NodeAddress first = new NodeAddress("10.0.0.1", 7000);
    for (int i = 0; i < nodeCount; i++) {
      NodeAddress a = new NodeAddress("10.0.0." + (i + 1), 7000);
      nodeOrder.add(a);
      nodes.put(a, new SimRedis(a, i == 0 ? null : first));
    }
    for (int i = 0; i < monitorCount; i++) {
      voters.add(new NodeAddress("10.0.1." + (i + 1), 26379));
    }
    for (int i = 0; i < monitorCount; i++) {
      monitors.add(new SimMonitor(i, voters.get(i)));
      if (mixed && (i == 0 || random.nextInt(3) == 0)) {
        monitors.get(i).departures = Departures.NONE;
      }
    }
    monitors.forEach(m -> start(m, false));
    at(50, this::replicate);
  }

  // ---- time -------------------------------------------------------------------------------

  void at(long delay, Runnable run) {
    events.add(new Event(now + delay, order++, run));
  }

  void runFor(long millis) {
    long end = now + millis;
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event e = events.poll();
      now = e.at();
      e.run().run();
    }
    now = end;
  }

  private long delay() {
    return faults && random.nextInt(20) == 0 ? random.nextInt(400) : 1 + random.nextInt(3);
  }

  private boolean lost() {
    return faults && random.nextInt(50) == 0;
  }

  // ---- network ----------------------------------------------------------------------------

  void cut(Object a, Object b, long millis) {
    cuts.put(new Pair(a, b), now + millis);
    cuts.put(new Pair(b, a), now + millis);
  }

  boolean connected(Object a, Object b) {
    return cuts.getOrDefault(new Pair(a, b), 0L) <= now;
  }

  /** Calls {@code arrive} at the far end after a while, unless the message is lost or cut off. */
  private void send(Object from, Object to, Runnable arrive) {
    if (connected(from, to) && !lost()) {
      at(delay(), arrive);
    }
  }

  private void replicate() {
    for (NodeAddress a : nodeOrder) {
      SimRedis node = nodes.get(a);
      if (!node.alive || node.frozen(now)) {
        continue;
      }
      if (node.masterAddress == null) {
        int written = random.nextInt(10);
        node.offset += now < node.pausedUntil ? 0 : written;
      } else {
        SimRedis master = nodes.get(node.masterAddress);
        boolean reach =
            master != null
                && master.alive
                && !master.frozen(now)
                && connected(a, node.masterAddress);
        node.replicate(reach ? master : null, now);
      }
    }
    at(50, this::replicate);
  }

  // ---- monitors ---------------------------------------------------------------------------

  void start(SimMonitor m, boolean forget) {
    m.alive = true;
    m.life = ++lives;
    m.links.clear();
    m.waiting.clear();
    m.lastView = null;
    m.stalledUntil = 0;
    boolean remembers = m.disk != null && !forget;
    if (!remembers) {
      m.id = SimMonitor.idPrefix(m.index) + m.life;
      m.disk = null;
    }
    if (mixed) {
      MixedGroup.start(this, m, random.nextLong());
      int life = m.life;
      at(random.nextInt(25), () -> tick(m, life));
      return;
    }
    PersistentState stored = remembers ? m.disk : new PersistentState(m.id, 0, List.of());
    m.core = new SentinelCore(m.id, m.address, voters, stored, remembers, random.nextLong());
    NodeAddress master =
        stored.group(GROUP).map(PersistentState.Group::master).orElseGet(this::bootMaster);
    int life = m.life;
    input(m, life, new CoreInput.Watch(settings, master, nodeOrder));
    at(random.nextInt(25), () -> tick(m, life));
  }

  /** As the seed scan: the master that most nodes follow. */
  NodeAddress bootMaster() {
    Map<NodeAddress, Integer> votes = new HashMap<>();
    for (NodeAddress a : nodeOrder) {
      SimRedis n = nodes.get(a);
      if (n.alive) {
        votes.merge(n.masterAddress == null ? a : n.masterAddress, 1, Integer::sum);
      }
    }
    NodeAddress best = nodeOrder.get(0);
    for (NodeAddress a : nodeOrder) {
      if (votes.getOrDefault(a, 0) > votes.getOrDefault(best, 0)) {
        best = a;
      }
    }
    return best;
  }

  void crash(SimMonitor m) {
    m.alive = false;
    m.core = null;
    m.life = ++lives;
  }

  private void tick(SimMonitor m, int life) {
    if (!m.alive || m.life != life) {
      return;
    }
    if (m.stalled(now)) {
      at(m.stalledUntil - now, () -> tick(m, life));
      return;
    }
    input(m, life, new CoreInput.Tick());
    at(SentinelCore.TICK_MILLIS, () -> tick(m, life));
  }

  void input(SimMonitor m, int life, CoreInput input) {
    if (!m.alive || m.life != life) {
      return;
    }
    if (m.stalled(now) || !m.waiting.isEmpty()) { // nothing overtakes what waits
      if (m.waiting.isEmpty()) {
        at(m.stalledUntil - now, () -> drain(m, life));
      }
      m.waiting.add(input);
      return;
    }
    steps++;
    List<CoreAction> actions = m.core.step(input, now + m.skew);
    if (actions.isEmpty()) {
      return; // nobody can see a difference; a view after each tick would be most of the work
    }
    CoreView view = m.core.view(now + m.skew);
    if (m.lastView != null) {
      invariants.epochsGrow(m.lastView, view);
    }
    m.lastView = view;
    for (CoreAction action : actions) {
      invariants.calm(view, action);
      perform(m, action);
      if (faults && random.nextInt(20_000) == 0) {
        crash(m); // in the middle of a step: the rest of it never happens
        at(random.nextInt(4_000), () -> restart(m));
        return;
      }
    }
  }

  void restart(SimMonitor m) {
    if (!m.alive) {
      boolean othersRemember =
          monitors.stream()
              .filter(x -> x != m)
              .allMatch(x -> x.disk != null && (!x.alive || x.core.view(now + x.skew).canVote()));
      start(m, !mixed && faults && othersRemember && random.nextInt(3) == 0);
    }
  }

  private void drain(SimMonitor m, int life) {
    if (m.alive && m.life == life) {
      List<CoreInput> inputs = new ArrayList<>(m.waiting);
      m.waiting.clear();
      inputs.forEach(i -> input(m, life, i));
    }
  }

  private void perform(SimMonitor m, CoreAction action) {
    int life = m.life;
    if (action instanceof CoreAction.Persist a) {
      m.disk = a.state();
    } else if (action instanceof CoreAction.OpenLink a) {
      m.links.put(a.target(), false);
      connect(m, life, a.target());
    } else if (action instanceof CoreAction.CloseLink a) {
      m.links.remove(a.target());
    } else if (action instanceof CoreAction.Report a) {
      reported(m, a);
    } else if (action instanceof CoreAction.AnswerPeer a) {
      answer(m, a);
    } else if (action instanceof CoreAction.AskPeer a) {
      ask(m, a);
    } else if (action instanceof CoreAction.AskMembers a) {
      askMembers(m, a.peer());
    } else if (action instanceof CoreAction.SayHello a && a.target() instanceof Target.Peer p) {
      invariants.told(a.hello());
      SimMonitor to = monitor(p.address());
      if (to == null) {
        return;
      }
      int toLife = to.life;
      send(
          m.address,
          to.address,
          () -> input(to, toLife, new CoreInput.HelloHeard(a.hello(), true)));
    } else if (action instanceof CoreAction.Ping a && a.target() instanceof Target.Peer p) {
      SimMonitor to = monitor(p.address());
      input(m, life, new CoreInput.PingSent(a.target()));
      if (to == null) {
        return;
      }
      send(m.address, to.address, () -> pongFrom(to, m, life, a.target()));
    } else {
      toRedis(m, life, action);
    }
  }

  private void reported(SimMonitor m, CoreAction.Report a) {
    if (a.name().equals("+new-epoch")) {
      m.lastNewEpoch = Long.parseLong(a.payload());
    } else if (a.name().equals("+try-failover")) {
      m.epochOfTry = m.lastNewEpoch;
    }
  }

  private void pongFrom(SimMonitor to, SimMonitor m, int life, Target target) {
    if (!to.alive) {
      return;
    }
    long wait = Math.max(0, to.stalledUntil - now);
    at(
        wait,
        () ->
            send(to.address, m.address, () -> input(m, life, new CoreInput.Pong(target, "PONG"))));
  }

  // ---- peers ------------------------------------------------------------------------------

  private SimMonitor monitor(NodeAddress address) {
    return monitors.stream().filter(m -> m.address.equals(address)).findFirst().orElse(null);
  }

  private void ask(SimMonitor m, CoreAction.AskPeer a) {
    if (!a.candidate().equals("*")) {
      PersistentState disk = m.disk == null ? new PersistentState("", 0, List.of()) : m.disk;
      long own = disk.group(GROUP).map(PersistentState.Group::leaderEpoch).orElse(-1L);
      invariants.check(
          own >= m.epochOfTry, "candidate " + m.index + " asked before its vote was stored");
      invariants.voteTold(m.index, GROUP, m.id, m.epochOfTry, disk);
    }
    SimMonitor to = monitor(a.peer().address());
    if (to == null) {
      return;
    }
    int toLife = to.life;
    long ticket = nextTicket++;
    tickets.put(ticket, new Ticket(m, m.life, a.peer()));
    send(
        m.address,
        to.address,
        () ->
            input(
                to, toLife, new CoreInput.PeerAsked(ticket, a.master(), a.epoch(), a.candidate())));
  }

  /** The peer's listener answers from its core's view, not through its core. */
  private void askMembers(SimMonitor m, Target.Peer peer) {
    int life = m.life;
    SimMonitor to = monitor(peer.address());
    send(
        m.address,
        to.address,
        () -> {
          if (to.alive && !to.stalled(now)) {
            List<NodeAddress> replicas =
                to.core.view(now + to.skew).master(GROUP).stream()
                    .flatMap(g -> g.replicas().stream())
                    .map(r -> r.instance().address())
                    .toList();
            send(
                to.address,
                m.address,
                () -> input(m, life, new CoreInput.MembersTold(peer, GROUP, replicas)));
          }
        });
  }

  private void answer(SimMonitor m, CoreAction.AnswerPeer a) {
    if (!a.leader().equals("*")) {
      PersistentState disk = m.disk == null ? new PersistentState("", 0, List.of()) : m.disk;
      invariants.voteTold(m.index, GROUP, a.leader(), a.leaderEpoch(), disk);
    }
    Ticket asked = tickets.remove(a.ticket());
    SimMonitor to = asked.from();
    send(
        m.address,
        to.address,
        () ->
            input(
                to,
                asked.life(),
                new CoreInput.PeerAnswered(
                    asked.to(), GROUP, a.down(), a.leader(), a.leaderEpoch())));
  }

  // ---- links ------------------------------------------------------------------------------

  private boolean reachable(SimMonitor m, Target t) {
    boolean there =
        t instanceof Target.Redis r
            ? nodes.containsKey(r.address()) && nodes.get(r.address()).alive
            : monitor(t.address()) != null && monitor(t.address()).alive;
    return there && connected(m.address, t.address());
  }

  private int farEnd(Target t) {
    if (t instanceof Target.Redis r) {
      return nodes.get(r.address()).incarnation;
    }
    SimMonitor peer = monitor(t.address());
    return peer == null ? -1 : peer.life;
  }

  /** The driver's side of a link: notices loss, tries again. */
  private void connect(SimMonitor m, int life, Target t) {
    if (!m.alive || m.life != life || !m.links.containsKey(t)) {
      return;
    }
    boolean up = m.links.get(t);
    // A cut network loses messages but no connection; a dead process resets it.
    boolean refused =
        t instanceof Target.Redis r
            ? !nodes.get(r.address()).alive
            : monitor(t.address()) == null || !monitor(t.address()).alive;
    boolean another = up && !m.farEnds.get(t).equals(farEnd(t));
    if (up && (refused || another)) {
      m.links.put(t, false);
      input(m, life, new CoreInput.LinkDown(t, "reset"));
    } else if (!up) {
      boolean now = reachable(m, t);
      m.links.put(t, now);
      m.farEnds.put(t, farEnd(t));
      input(m, life, now ? new CoreInput.LinkUp(t) : new CoreInput.LinkDown(t, "refused"));
    }
    at(20 + random.nextInt(faults ? 300 : 100), () -> connect(m, life, t));
  }

  // ---- Redis ------------------------------------------------------------------------------

  private void toRedis(SimMonitor m, int life, CoreAction action) {
    Target.Redis target;
    if (action instanceof CoreAction.Ping a) {
      target = (Target.Redis) a.target();
      input(m, life, new CoreInput.PingSent(target));
    } else if (action instanceof CoreAction.AskInfo a) {
      target = (Target.Redis) a.target();
    } else if (action instanceof CoreAction.SayHello a) {
      target = (Target.Redis) a.target();
      invariants.told(a.hello());
    } else if (action instanceof CoreAction.MakeMaster a) {
      target = a.target();
      invariants.promoted(m.index, m.id, GROUP, m.epochOfTry);
    } else if (action instanceof CoreAction.MakeReplicaOf a) {
      target = a.target();
    } else if (action instanceof CoreAction.PauseWrites a) {
      target = a.target();
    } else if (action instanceof CoreAction.ResumeWrites a) {
      target = a.target();
    } else if (action instanceof CoreAction.StepDown a) {
      target = a.target();
    } else {
      return;
    }
    SimRedis node = nodes.get(target.address());
    send(m.address, target.address(), () -> arrive(m, life, node, target, action));
  }

  private void arrive(
      SimMonitor m, int life, SimRedis node, Target.Redis target, CoreAction action) {
    if (!node.alive) {
      return;
    }
    if (node.frozen(now)) {
      at(node.frozenUntil - now, () -> arrive(m, life, node, target, action));
      return;
    }
    if (action instanceof CoreAction.Ping) {
      reply(node, m, life, new CoreInput.Pong(target, "PONG"));
    } else if (action instanceof CoreAction.SayHello a) {
      reply(node, m, life, new CoreInput.HelloSaid(target));
      publish(node, a);
    } else if (action instanceof CoreAction.MakeMaster) {
      node.lead();
      replyInfo(node, m, life, target);
    } else if (action instanceof CoreAction.MakeReplicaOf a) {
      node.follow(a.master(), now);
      replyInfo(node, m, life, target);
    } else if (action instanceof CoreAction.PauseWrites a) {
      node.pausedUntil = now + a.millis();
      answerInOrder(node, m, life, target, new CoreInput.WritesPaused(target, ""));
    } else if (action instanceof CoreAction.ResumeWrites) {
      node.pausedUntil = 0;
    } else if (action instanceof CoreAction.StepDown a) {
      handovers++;
      lostInHandover += Math.max(0, node.offset - nodes.get(a.master()).offset);
      node.follow(a.master(), now);
      node.pausedUntil = 0;
      replyInfo(node, m, life, target);
    } else {
      replyInfo(node, m, life, target);
    }
  }

  /** One connection: what is read after an answer does not overtake it. */
  private void answerInOrder(
      SimRedis node, SimMonitor m, int life, Target.Redis target, CoreInput first) {
    InfoReport info = node.info(replicasOf(node), now);
    send(
        node.address,
        m.address,
        () -> {
          input(m, life, first);
          input(m, life, new CoreInput.InfoRead(target, info));
        });
  }

  private List<NodeAddress> replicasOf(SimRedis node) {
    return nodeOrder.stream()
        .filter(a -> nodes.get(a).alive && node.address.equals(nodes.get(a).masterAddress))
        .toList();
  }

  private void replyInfo(SimRedis node, SimMonitor m, int life, Target.Redis target) {
    reply(node, m, life, new CoreInput.InfoRead(target, node.info(replicasOf(node), now)));
  }

  private void reply(SimRedis node, SimMonitor m, int life, CoreInput input) {
    send(node.address, m.address, () -> input(m, life, input));
  }

  private void publish(SimRedis node, CoreAction.SayHello a) {
    Set<NodeAddress> through = new HashSet<>();
    through.add(node.address);
    for (NodeAddress n : nodeOrder) {
      if (node.address.equals(nodes.get(n).masterAddress) && nodes.get(n).linkUp) {
        through.add(n);
      }
    }
    for (NodeAddress n : nodeOrder) {
      if (!through.contains(n)) {
        continue;
      }
      for (SimMonitor to : monitors) {
        Target.Redis link = new Target.Redis(GROUP, n);
        if (to.alive && Boolean.TRUE.equals(to.links.get(link))) {
          int toLife = to.life;
          send(n, to.address, () -> input(to, toLife, new CoreInput.HelloHeard(a.hello(), false)));
        }
      }
    }
  }

  // ---- goals ------------------------------------------------------------------------------

  /** Ends all faults and brings everybody back. */
  void heal() {
    faults = false;
    cuts.clear();
    at(40_000, () -> MixedGroup.resetGhosts(this));
    for (SimMonitor m : monitors) {
      m.stalledUntil = Math.min(m.stalledUntil, now);
      if (!m.alive) {
        start(m, false);
      }
    }
    for (SimRedis n : nodes.values()) {
      n.frozenUntil = Math.min(n.frozenUntil, now);
      if (!n.alive) {
        n.restart(now);
      }
    }
  }

  boolean allAgreeOnAReachableMaster() {
    NodeAddress master = null;
    long epoch = -1;
    for (SimMonitor m : monitors) {
      CoreView.Master view = m.core.view(now + m.skew).master(GROUP).orElse(null);
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
    for (NodeAddress a : nodeOrder) {
      SimRedis n = nodes.get(a);
      if (mixed && !a.equals(master) && !MixedGroup.knownToAnybody(this, a)) {
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
  String describe() {
    StringBuilder text = new StringBuilder();
    for (SimMonitor m : monitors) {
      CoreView v = m.core.view(now + m.skew);
      text.append("\n monitor ").append(m.index).append(" epoch ").append(v.currentEpoch());
      text.append(" votes ").append(v.canVote()).append(" tilt ").append(v.tilt());
      v.master(GROUP).ifPresent(g -> text.append(' ').append(g));
    }
    for (NodeAddress a : nodeOrder) {
      SimRedis n = nodes.get(a);
      text.append("\n node ").append(a).append(" follows ").append(n.masterAddress);
      text.append(" link ").append(n.linkUp).append(" offset ").append(n.offset);
    }
    return text.toString();
  }
}
