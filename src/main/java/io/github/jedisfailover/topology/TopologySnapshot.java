package io.github.jedisfailover.topology;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of one master and its replicas at one moment; never changes once published.
 *
 * @param version orders snapshots of the same group
 * @param nodes all known nodes, at most one of them a master
 */
public record TopologySnapshot(Version version, List<NodeView> nodes) {
  /** Before anything is known; no event ever carries a {@code null} snapshot. */
  public static final TopologySnapshot UNKNOWN = new TopologySnapshot(new Version(0, 0), List.of());

  /**
   * Checks the content.
   *
   * @param version orders snapshots of the same group
   * @param nodes all known nodes
   * @throws IllegalArgumentException if more than one node is a master
   */
  public TopologySnapshot {
    Objects.requireNonNull(version, "version");
    nodes = List.copyOf(nodes);
    if (nodes.stream().filter(n -> n.role() == NodeRole.MASTER).count() > 1) {
      throw new IllegalArgumentException("more than one master in " + nodes);
    }
  }

  /**
   * The writable node; derived, so that no second field can disagree with {@code nodes}.
   *
   * @return the master, if one is known
   */
  public Optional<NodeView> master() {
    return nodes.stream().filter(n -> n.role() == NodeRole.MASTER).findFirst();
  }

  /**
   * The nodes that copy the master.
   *
   * @return the replicas in the order of {@code nodes}
   */
  public List<NodeView> replicas() {
    return nodes.stream().filter(n -> n.role() == NodeRole.REPLICA).toList();
  }

  /**
   * Whether this is newer news than another snapshot of the same group.
   *
   * @param other the snapshot to compare with
   * @return {@code true} if this one must replace the other
   */
  public boolean supersedes(TopologySnapshot other) {
    return version.compareTo(other.version) > 0;
  }

  /**
   * Orders views of one master: the failover epoch decides, then the observer's own counter.
   *
   * @param configEpoch epoch of the failover that made the current master; 0 before the first
   * @param sequence counter of the observer
   */
  public record Version(long configEpoch, long sequence) implements Comparable<Version> {
    private static final Comparator<Version> ORDER =
        Comparator.comparingLong(Version::configEpoch).thenComparingLong(Version::sequence);

    @Override
    public int compareTo(Version other) {
      return ORDER.compare(this, other);
    }
  }
}
