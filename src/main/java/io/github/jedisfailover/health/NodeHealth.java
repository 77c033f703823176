package io.github.jedisfailover.health;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import java.util.Objects;

/**
 * One Redis node.
 *
 * @param address where it is
 * @param role what it is to the group
 * @param status {@code UP}: serves what its role asks for; {@code DEGRADED}: a replica that is
 *     reached but copies no master now; {@code DOWN}: not reached
 * @param detail why, and the figures of its pool; for people, the wording may change
 */
public record NodeHealth(NodeAddress address, NodeRole role, HealthStatus status, String detail) {
  /**
   * Checks that nothing is missing.
   *
   * @param address where it is
   * @param role what it is to the group
   * @param status how it is
   * @param detail why
   */
  public NodeHealth {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(detail, "detail");
  }
}
