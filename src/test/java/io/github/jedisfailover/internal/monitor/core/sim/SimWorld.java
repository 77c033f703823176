package io.github.jedisfailover.internal.monitor.core.sim;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.Departures;
import io.github.jedisfailover.internal.monitor.core.MasterSettings;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.internal.monitor.core.SentinelCore;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Monitors, Redis nodes and the network between them, all from one seed. The driver's promises are
 * kept (actions in order, {@code Persist} as a barrier), everything else may go wrong.
 */
final class SimWorld extends SimNet {
  static final String GROUP = "mymaster";

  final long seed;
  final List<SimMonitor> monitors = new ArrayList<>();
  final Map<NodeAddress, SimRedis> nodes = new HashMap<>();
  final List<NodeAddress> nodeOrder = new ArrayList<>();
  final Invariants invariants;
  final MasterSettings settings;
  final boolean mixed;
  private final List<NodeAddress> voters = new ArrayList<>();
  final SimPeers peers = new SimPeers(this);
  private final SimLinks connections = new SimLinks(this);
  private final SimServers servers = new SimServers(this);
  private int lives;
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
    super(seed);
    this.mixed = mixed;
    this.seed = seed;
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
    at(50, servers::replicate);
  }

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
      connections.connect(m, life, a.target());
    } else if (action instanceof CoreAction.CloseLink a) {
      m.links.remove(a.target());
    } else if (action instanceof CoreAction.Report a) {
      reported(m, a);
    } else if (action instanceof CoreAction.AnswerPeer a) {
      peers.answer(m, a);
    } else if (action instanceof CoreAction.AskPeer a) {
      peers.ask(m, a);
    } else if (action instanceof CoreAction.AskMembers a) {
      peers.askMembers(m, a.peer());
    } else if (action instanceof CoreAction.SayHello a && a.target() instanceof Target.Peer p) {
      invariants.told(a.hello());
      SimMonitor to = peers.at(p.address());
      if (to == null) {
        return;
      }
      int toLife = to.life;
      send(
          m.address,
          to.address,
          () -> input(to, toLife, new CoreInput.HelloHeard(a.hello(), true)));
    } else if (action instanceof CoreAction.Ping a && a.target() instanceof Target.Peer p) {
      SimMonitor to = peers.at(p.address());
      input(m, life, new CoreInput.PingSent(a.target()));
      if (to == null) {
        return;
      }
      send(m.address, to.address, () -> peers.pong(to, m, life, a.target()));
    } else {
      servers.command(m, life, action);
    }
  }

  private void reported(SimMonitor m, CoreAction.Report a) {
    if (a.name().equals("+new-epoch")) {
      m.lastNewEpoch = Long.parseLong(a.payload());
    } else if (a.name().equals("+try-failover")) {
      m.epochOfTry = m.lastNewEpoch;
    }
  }

  boolean allAgreeOnAReachableMaster() {
    return Goals.allAgreeOnAReachableMaster(this);
  }
}
