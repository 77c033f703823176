package io.github.jedisfailover.internal.doctor;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * What was learnt of one group at about the same time.
 *
 * @param group the master's name
 * @param nodes each process once, by address
 * @param monitors each process once, by address; none if nobody named any
 * @param bytesPerSecond of the replication stream while it was looked at
 */
public record Facts(
    String group, List<NodeFacts> nodes, List<MonitorFacts> monitors, OptionalLong bytesPerSecond) {
  /** A process that is known by two addresses counts once, by the one that others name. */
  public Facts {
    List<NodeFacts> announcedFirst = new ArrayList<>(nodes);
    announcedFirst.sort(Comparator.comparing(n -> !n.announced()));
    nodes =
        distinct(announcedFirst, n -> n.info("run_id")).stream()
            .sorted(Comparator.comparing(NodeFacts::address))
            .toList();
    monitors =
        distinct(monitors, MonitorFacts::id).stream()
            .sorted(Comparator.comparing(MonitorFacts::address))
            .toList();
  }

  private static <T> List<T> distinct(List<T> all, Function<T, String> id) {
    Set<String> seen = new HashSet<>();
    return all.stream().filter(x -> id.apply(x).isEmpty() || seen.add(id.apply(x))).toList();
  }

  public Facts writing(OptionalLong rate) {
    return new Facts(group, nodes, monitors, rate);
  }

  /** Whether anybody answered. */
  public boolean heard() {
    return !answering().isEmpty() || monitors.stream().anyMatch(MonitorFacts::answered);
  }

  public List<NodeFacts> answering() {
    return nodes.stream().filter(NodeFacts::answered).toList();
  }

  public List<NodeFacts> masters() {
    return answering().stream().filter(NodeFacts::master).toList();
  }

  public List<NodeFacts> replicas() {
    return answering().stream().filter(NodeFacts::replica).toList();
  }

  /** Those that answered and watch the group. */
  public List<MonitorFacts> watching() {
    return monitors.stream().filter(MonitorFacts::knowsGroup).toList();
  }

  /** As the monitors with the latest failover say; without any, the only node that says so. */
  public Optional<NodeFacts> master() {
    Optional<NodeAddress> named = named();
    if (named.isPresent()) {
      return masters().stream().filter(n -> n.address().equals(named.get())).findFirst();
    }
    return masters().size() == 1 ? Optional.of(masters().get(0)) : Optional.empty();
  }

  /** The master's address in the eyes of the monitors with the latest failover. */
  public Optional<NodeAddress> named() {
    return watching().stream()
        .max(Comparator.comparingLong(m -> m.number("config-epoch")))
        .flatMap(MonitorFacts::masterAddress);
  }

  /** The latest failover that a monitor tells of; -1 if none does. */
  public long epoch() {
    return watching().stream().mapToLong(m -> m.number("config-epoch")).max().orElse(-1);
  }

  /** How many monitors the one counts that knows the most. */
  int voters() {
    return watching().stream().mapToInt(MonitorFacts::monitors).max().orElse(0);
  }

  /** How far behind its master a replica is, in bytes of the stream; empty if unknown. */
  public OptionalLong lagBytes(NodeFacts replica) {
    return master()
        .filter(m -> m.offset() >= 0 && replica.offset() >= 0)
        .map(m -> OptionalLong.of(Math.max(0, m.offset() - replica.offset())))
        .orElse(OptionalLong.empty());
  }

  /**
   * The time since its last word to the master, in seconds; of a replica without connection, since
   * that was lost.
   */
  public OptionalLong lagSeconds(NodeFacts replica) {
    if (!replica.linkUp()) {
      return NodeFacts.number(replica.info("master_link_down_since_seconds"));
    }
    return master().stream()
        .flatMap(m -> m.followers().stream())
        .filter(f -> f.address().equals(replica.address()) && f.lagSeconds() >= 0)
        .mapToLong(NodeFacts.Follower::lagSeconds)
        .findFirst();
  }
}
