package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;

/** What must survive a restart: the facts of a {@code sentinel.conf}. */
public record PersistentState(
    String myId, long currentEpoch, List<Group> groups, GlobalSettings global) {
  public PersistentState {
    groups = List.copyOf(groups);
  }

  /** Of a monitor whose settings are not stored but configured. */
  public PersistentState(String myId, long currentEpoch, List<Group> groups) {
    this(myId, currentEpoch, groups, GlobalSettings.DEFAULT);
  }

  public Optional<Group> group(String name) {
    return groups.stream().filter(g -> g.name().equals(name)).findFirst();
  }

  /**
   * One master group.
   *
   * @param leaderEpoch epoch of the last vote given in it
   * @param settings empty if they come from a configuration and not from the stored state
   */
  public record Group(
      String name,
      NodeAddress master,
      long configEpoch,
      long leaderEpoch,
      List<NodeAddress> replicas,
      List<KnownPeer> peers,
      Optional<MasterSettings> settings) {
    public Group(
        String name,
        NodeAddress master,
        long configEpoch,
        long leaderEpoch,
        List<NodeAddress> replicas,
        List<KnownPeer> peers) {
      this(name, master, configEpoch, leaderEpoch, replicas, peers, Optional.empty());
    }

    public Group {
      replicas = List.copyOf(replicas);
      peers = List.copyOf(peers);
    }
  }

  /** A voter and the id it last used. */
  public record KnownPeer(NodeAddress address, String id) {}
}
