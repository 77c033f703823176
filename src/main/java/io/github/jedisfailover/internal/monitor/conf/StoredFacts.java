package io.github.jedisfailover.internal.monitor.conf;

import io.github.jedisfailover.internal.monitor.core.MasterSettings;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Between a config file and what the monitor's core keeps over a restart. */
public final class StoredFacts {
  private StoredFacts() {}

  /**
   * What the core needs; empty if the file has no {@code myid} yet. Replicas and peers with port 0
   * are left out: nobody connects to them.
   *
   * @throws IllegalArgumentException if a master has port 0
   */
  public static Optional<PersistentState> of(SentinelConf conf) {
    boolean names = conf.global().announceHostnames();
    List<PersistentState.Group> groups =
        conf.masters().stream().map(master -> group(master, names)).toList();
    return conf.global()
        .myId()
        .map(id -> new PersistentState(id, conf.global().currentEpoch(), groups));
  }

  /** What the core needs of an operator's settings. */
  public static MasterSettings settings(MasterConf master) {
    MasterConf.Options options = master.options();
    return new MasterSettings(
        master.name(),
        options.quorum(),
        options.downAfterMillis(),
        options.failoverTimeoutMillis(),
        options.parallelSyncs());
  }

  private static PersistentState.Group group(MasterConf master, boolean names) {
    MasterConf.Memory memory = master.memory();
    return new PersistentState.Group(
        master.name(),
        node(master.address(), names),
        memory.configEpoch(),
        memory.leaderEpoch(),
        memory.replicas().stream().filter(r -> r.port() != 0).map(r -> node(r, names)).toList(),
        memory.peers().stream()
            .filter(p -> p.address().port() != 0)
            .map(p -> new PersistentState.KnownPeer(node(p.address(), names), p.id()))
            .toList());
  }

  private static NodeAddress node(ConfAddress address, boolean names) {
    return new NodeAddress(address.shown(names), address.port());
  }

  /**
   * The file's content with what the core stores now. Masters that the state does not name stay as
   * they are; addresses that the file knows keep their spelling.
   *
   * @throws IllegalArgumentException if the state names a master that the file does not
   */
  public static SentinelConf with(SentinelConf conf, PersistentState state) {
    for (PersistentState.Group group : state.groups()) {
      if (conf.master(group.name()).isEmpty()) {
        throw new IllegalArgumentException("no master '" + group.name() + "' in the config file");
      }
    }
    List<MasterConf> masters = new ArrayList<>();
    for (MasterConf master : conf.masters()) {
      masters.add(state.group(master.name()).map(group -> with(master, group)).orElse(master));
    }
    return conf.withMasters(masters)
        .withGlobal(conf.global().with(state.myId(), state.currentEpoch()));
  }

  /** A replica that is known by two names of one address is written once: twice is refused. */
  private static MasterConf with(MasterConf master, PersistentState.Group group) {
    List<ConfAddress> spelled =
        Stream.of(
                Stream.of(master.address()),
                master.memory().replicas().stream(),
                master.memory().peers().stream().map(MasterConf.Peer::address))
            .flatMap(s -> s)
            .toList();
    return master.withMemory(
        spelling(group.master(), spelled),
        new MasterConf.Memory(
            group.configEpoch(),
            group.leaderEpoch(),
            group.replicas().stream().map(r -> spelling(r, spelled)).distinct().toList(),
            group.peers().stream()
                .map(p -> new MasterConf.Peer(spelling(p.address(), spelled), p.id()))
                .toList()));
  }

  private static ConfAddress spelling(NodeAddress node, List<ConfAddress> spelled) {
    ConfAddress plain = ConfAddress.of(node.host(), node.port());
    return spelled.stream()
        .filter(
            known ->
                known.same(plain) || known.port() == node.port() && known.ip().equals(node.host()))
        .findFirst()
        .orElse(plain);
  }
}
