package io.github.jedisfailover.health;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How a client was at one moment. Immutable.
 *
 * @param client name of the client
 * @param masterName name of the master group
 * @param at wall-clock time
 * @param status the whole
 * @param reasons why it is not {@code UP}, the worst first, each a sentence that says what to do;
 *     empty if it is {@code UP}; for people, the wording may change
 * @param epoch of the failover that made the current master; 0 before the first
 * @param nodes all known nodes, the master first
 * @param voters all known voters; empty without monitors
 */
public record HealthReport(
    String client,
    String masterName,
    Instant at,
    HealthStatus status,
    List<String> reasons,
    long epoch,
    List<NodeHealth> nodes,
    List<VoterHealth> voters) {
  /**
   * Copies the lists.
   *
   * @param client name of the client
   * @param masterName name of the master group
   * @param at wall-clock time
   * @param status the whole
   * @param reasons why it is not {@code UP}
   * @param epoch of the failover that made the current master
   * @param nodes all known nodes
   * @param voters all known voters
   */
  public HealthReport {
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(masterName, "masterName");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(status, "status");
    reasons = List.copyOf(reasons);
    nodes = List.copyOf(nodes);
    voters = List.copyOf(voters);
  }

  /**
   * Whether there is a master that takes writes.
   *
   * @return {@code false} if the status is {@code DOWN}
   */
  public boolean isServing() {
    return status != HealthStatus.DOWN;
  }
}
