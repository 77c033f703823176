package io.github.jedisfailover.health;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.Objects;

/**
 * One voter, or Redis Sentinel, as this client last heard of it.
 *
 * @param address where it listens
 * @param self whether it runs in this client
 * @param status {@code UP}: it answers, or was not asked yet; {@code DEGRADED}: it answers and
 *     gives no votes; {@code DOWN}: it does not answer
 * @param detail why; for people, the wording may change
 */
public record VoterHealth(NodeAddress address, boolean self, HealthStatus status, String detail) {
  /**
   * Checks that nothing is missing.
   *
   * @param address where it listens
   * @param self whether it runs in this client
   * @param status how it is
   * @param detail why
   */
  public VoterHealth {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(detail, "detail");
  }
}
