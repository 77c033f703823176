package io.github.jedisfailover.health;

/** How a client is, the worst last. */
public enum HealthStatus {
  /** There is a master, a replica that could take its place, and voters enough to decide on it. */
  UP,
  /**
   * Calls are served, but the next fault may not be survived: no fit replica, a voter that does not
   * answer, or no voter to spare.
   */
  DEGRADED,
  /** There is no master that takes writes; reads of replicas may still be served. */
  DOWN
}
