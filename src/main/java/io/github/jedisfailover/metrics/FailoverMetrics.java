package io.github.jedisfailover.metrics;

import io.github.jedisfailover.topology.NodeAddress;

/**
 * Where the client and its monitor report figures. Every method does nothing by default. Called
 * from application threads and from the library's own: implementations must be thread-safe, quick
 * and must not throw.
 */
public interface FailoverMetrics {
  /** Counts nothing. */
  FailoverMetrics NONE = new FailoverMetrics() {};

  /**
   * A command is tried again.
   *
   * @param reason {@code not-sent}, {@code refused}, {@code read}, {@code opted-in} or {@code
   *     transaction}
   */
  default void retried(String reason) {}

  /** A write ended with an unknown outcome. */
  default void outcomeUnknown() {}

  /**
   * Borrowed or idle connections to a node were closed because of a topology change.
   *
   * @param node the node
   * @param count how many
   */
  default void connectionsCut(NodeAddress node, int count) {}

  /**
   * A subscription was interrupted and is in force again.
   *
   * @param millis for how long at most it may have missed messages, in milliseconds
   */
  default void subscriptionGap(long millis) {}

  /**
   * The monitor's loop ran late, by a pause or for lack of CPU.
   *
   * @param millis how late, in milliseconds
   */
  default void monitorDelay(long millis) {}
}
