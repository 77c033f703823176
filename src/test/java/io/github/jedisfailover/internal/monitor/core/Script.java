package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays one core against a scripted world, on a clock of its own. */
final class Script {
  static final String GROUP = "mymaster";
  static final NodeAddress MASTER = new NodeAddress("10.0.0.1", 7000);
  static final NodeAddress REPLICA_1 = new NodeAddress("10.0.0.2", 7000);
  static final NodeAddress REPLICA_2 = new NodeAddress("10.0.0.3", 7000);
  static final NodeAddress ME = new NodeAddress("10.0.1.1", 26379);
  static final NodeAddress PEER_1 = new NodeAddress("10.0.1.2", 26379);
  static final NodeAddress PEER_2 = new NodeAddress("10.0.1.3", 26379);

  final SentinelCore core;
  final List<CoreAction> actions = new ArrayList<>();
  final List<NodeAddress> silent = new ArrayList<>();
  final List<NodeAddress> reportMaster = new ArrayList<>(List.of(MASTER));
  NodeAddress followed = MASTER;
  long now = 10_000;
  String pong = "PONG";

  /** The master's answer to a pause; {@code null} if it gives none. */
  String pauseRefusal = "";

  int restarts;

  /** What nodes hold, by address; unknown if absent. */
  final Map<NodeAddress, InfoReport.Data> data = new HashMap<>();

  final Map<NodeAddress, Long> offsets = new HashMap<>();

  /** The seeds report role master until told otherwise. */
  Script(boolean remembers, NodeAddress... seeds) {
    this(new PersistentState("me", 0, List.of()), remembers, seeds);
  }

  Script(PersistentState stored, boolean remembers, NodeAddress... seeds) {
    reportMaster.addAll(List.of(seeds));
    core = new SentinelCore("me", ME, List.of(ME, PEER_1, PEER_2), stored, remembers, 1);
    give(
        new CoreInput.Watch(new MasterSettings(GROUP, 2, 1_000, 5_000, 1), MASTER, List.of(seeds)));
    run(500);
  }

  /** In one quorum with real Sentinels. */
  private Script(SentinelCore core) {
    this.core = core;
    run(500);
  }

  static Script discovering(Departures departures, GlobalSettings global, String... groups) {
    return discovering(departures, global, List.of(), groups);
  }

  static Script discovering(
      Departures departures,
      GlobalSettings global,
      List<PersistentState.KnownPeer> peers,
      String... groups) {
    List<PersistentState.Group> stored = new ArrayList<>();
    for (String group : groups) {
      stored.add(
          new PersistentState.Group(
              group,
              MASTER,
              0,
              0,
              List.of(),
              peers,
              Optional.of(new MasterSettings(group, 2, 1_000, 5_000, 1))));
    }
    PersistentState state = new PersistentState("me", 0, stored, global);
    return new Script(SentinelCore.discovering("me", ME, state, departures, 1));
  }

  static Target.Redis redis(NodeAddress a) {
    return new Target.Redis(GROUP, a);
  }

  static Target.Peer peer(NodeAddress a) {
    return new Target.Peer(a);
  }

  List<CoreAction> give(CoreInput input) {
    List<CoreAction> now = core.step(input, this.now);
    actions.addAll(now);
    now.forEach(this::obey);
    return now;
  }

  /** Ticks on time; every node and peer that is not silent answers at once. */
  void run(long millis) {
    for (long end = now + millis; now < end; ) {
      now += SentinelCore.TICK_MILLIS;
      give(new CoreInput.Tick());
    }
  }

  private void obey(CoreAction action) {
    if (action instanceof CoreAction.OpenLink a) {
      give(new CoreInput.LinkUp(a.target()));
    } else if (action instanceof CoreAction.Ping a && !silent.contains(a.target().address())) {
      give(new CoreInput.PingSent(a.target()));
      give(new CoreInput.Pong(a.target(), pong));
    } else if (action instanceof CoreAction.AskInfo a
        && !silent.contains(a.target().address())
        && a.target() instanceof Target.Redis r) {
      info(r);
    } else if (action instanceof CoreAction.PauseWrites a && pauseRefusal != null) {
      give(new CoreInput.WritesPaused(a.target(), pauseRefusal));
      info(a.target());
    } else if (action instanceof CoreAction.StepDown a && !silent.contains(a.target().address())) {
      reportMaster.remove(a.target().address());
      followed = a.master();
      info(a.target());
    } else if (action instanceof CoreAction.SayHello a
        && a.target() instanceof Target.Redis r
        && !silent.contains(r.address())) {
      give(new CoreInput.HelloSaid(r));
    }
  }

  void info(NodeAddress a) {
    info(redis(a));
  }

  private void info(Target.Redis target) {
    NodeAddress a = target.address();
    boolean master = reportMaster.contains(a);
    give(
        new CoreInput.InfoRead(
            target,
            new InfoReport(
                "run-" + a.host() + "-" + restarts,
                master,
                master ? List.of(REPLICA_1, REPLICA_2) : List.of(),
                master ? null : followed,
                true,
                false,
                0,
                100,
                offsets.getOrDefault(a, 1_000L),
                true,
                "",
                data.getOrDefault(a, InfoReport.Data.UNKNOWN))));
  }

  void hello(NodeAddress from, long epoch, NodeAddress master, long configEpoch) {
    Hello hello = new Hello(from, "id-" + from.host(), epoch, GROUP, master, configEpoch);
    give(new CoreInput.HelloHeard(hello, true));
  }

  void members(NodeAddress from, NodeAddress... replicas) {
    give(new CoreInput.MembersTold(peer(from), GROUP, List.of(replicas)));
  }

  OrderResult order(Order order) {
    return give(new CoreInput.Operator(1, order)).stream()
        .filter(CoreAction.AnswerOperator.class::isInstance)
        .map(a -> ((CoreAction.AnswerOperator) a).result())
        .findFirst()
        .orElseThrow();
  }

  List<String> payloads(String event) {
    return all(CoreAction.Report.class).stream()
        .filter(r -> r.name().equals(event))
        .map(CoreAction.Report::payload)
        .toList();
  }

  List<String> events() {
    return actions.stream()
        .filter(CoreAction.Report.class::isInstance)
        .map(a -> ((CoreAction.Report) a).name())
        .toList();
  }

  <T extends CoreAction> List<T> all(Class<T> kind) {
    return actions.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  TopologySnapshot published() {
    List<CoreAction.PublishTopology> all = all(CoreAction.PublishTopology.class);
    return all.get(all.size() - 1).snapshot();
  }

  CoreView.Master master() {
    return core.view(now).master(GROUP).orElseThrow();
  }
}
