package io.github.jedisfailover.metrics;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one client can be asked for at any time: quick, without I/O, thread-safe, and still answered
 * (with nothing) before the client has started and after it was closed.
 */
public interface ClientFigures {
  /**
   * Name of the client.
   *
   * @return the name, the same for the client's life
   */
  String client();

  /**
   * Name of the master group.
   *
   * @return the name, the same for the client's life
   */
  String masterName();

  /**
   * What is known of the nodes.
   *
   * @return the snapshot in force
   */
  TopologySnapshot topology();

  /**
   * The pools in use.
   *
   * @return one per node
   */
  List<PoolFigures> pools();

  /**
   * How many calls found no node that serves them, and wait for one.
   *
   * @return the number now
   */
  int parkedCalls();

  /**
   * How long the first of the parked calls has been under way.
   *
   * @return zero if none is parked
   */
  Duration longestParked();

  /**
   * How much of the replication stream a replica does not have yet.
   *
   * @param replica a node
   * @return bytes as last measured; empty if it was not measured lately, see {@link #measureLag}
   */
  OptionalLong lagBytes(NodeAddress replica);

  /**
   * How old what the replica has was at the master, when it was measured last.
   *
   * @param replica a node
   * @return zero if nothing was missing; exact to the time between two measurements; empty if it
   *     was not measured lately
   */
  Optional<Duration> lag(NodeAddress replica);

  /**
   * Has the lag measured for the next ten seconds, by {@code INFO replication} to each node over a
   * connection of its own. Reads with a bound on the lag have it measured anyway.
   *
   * @param every time between two questions to a node
   */
  void measureLag(Duration every);

  /**
   * Nodes and voters that say another thing than {@link #topology()}: another master, another
   * epoch's master, another role.
   *
   * @return how many
   */
  int disagreements();

  /**
   * Voters that answer, this client's own included.
   *
   * @return the number; empty without monitors
   */
  OptionalLong votersUp();
}
