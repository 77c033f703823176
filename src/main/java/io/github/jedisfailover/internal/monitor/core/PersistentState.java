package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;

/** What must survive a restart: the facts of a {@code sentinel.conf}. */
public record PersistentState(String myId, long currentEpoch, List<Group> groups) {
  public PersistentState {
    groups = List.copyOf(groups);
  }

  public Optional<Group> group(String name) {
    return groups.stream().filter(g -> g.name().equals(name)).findFirst();
  }

  /** One master group; {@code leaderEpoch} is the epoch of the last vote given in it. */
  public record Group(
      String name,
      NodeAddress master,
      long configEpoch,
      long leaderEpoch,
      List<NodeAddress> replicas,
      List<KnownPeer> peers) {
    public Group {
      replicas = List.copyOf(replicas);
      peers = List.copyOf(peers);
    }
  }

  /** A voter and the id it last used. */
  public record KnownPeer(NodeAddress address, String id) {}
}
