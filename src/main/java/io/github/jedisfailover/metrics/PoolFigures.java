package io.github.jedisfailover.metrics;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import java.util.Objects;

/**
 * The connections to one node at one moment.
 *
 * @param pool name that stays the same through a switch: {@code <client>-master}, {@code
 *     <client>-replica-<host:port>}
 * @param node where they lead now
 * @param role what the node is to the group
 * @param used connections that are lent
 * @param idle connections that wait to be lent
 * @param max limit of both together, negative for none
 * @param maxIdle limit of idle ones, negative for none
 * @param minIdle idle ones that are kept ready
 * @param pending callers that wait for a connection
 */
public record PoolFigures(
    String pool,
    NodeAddress node,
    NodeRole role,
    int used,
    int idle,
    int max,
    int maxIdle,
    int minIdle,
    int pending) {
  /**
   * Checks that nothing is missing.
   *
   * @param pool its name
   * @param node where they lead now
   * @param role what the node is to the group
   * @param used connections that are lent
   * @param idle connections that wait to be lent
   * @param max limit of both together
   * @param maxIdle limit of idle ones
   * @param minIdle idle ones that are kept ready
   * @param pending callers that wait
   */
  public PoolFigures {
    Objects.requireNonNull(pool, "pool");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(role, "role");
  }
}
