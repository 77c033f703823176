package io.github.jedisfailover.metrics;

/**
 * Where one pool reports, whichever node it leads to. Called by application threads for each
 * command: as quick as can be. Thread-safe; must not throw.
 */
public interface PoolMetrics {
  /** Nothing is measured at all. */
  PoolMetrics NONE = new PoolMetrics() {};

  /**
   * A connection was opened, logged in.
   *
   * @param nanos how long that took
   */
  default void created(long nanos) {}

  /**
   * A caller got a connection.
   *
   * @param nanos how long it waited, with the time to open one
   */
  default void waited(long nanos) {}

  /** A caller got none in time, since all were lent. */
  default void timedOut() {}

  /**
   * A connection was given back.
   *
   * @param nanos how long it was lent
   */
  default void used(long nanos) {}
}
