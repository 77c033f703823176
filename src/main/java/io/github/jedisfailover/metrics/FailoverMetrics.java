package io.github.jedisfailover.metrics;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;

/**
 * Where the client and its monitor report figures. Every method does nothing by default. Called
 * from application threads and from the library's own: implementations must be thread-safe, quick
 * and must not throw.
 *
 * <p>One object may serve several clients and monitors: each asks it for the object to report to
 * ({@link #ofClient}, {@link #ofMonitor}) and tells that one when it ends ({@link #detached}).
 *
 * <p>A <em>category</em> is a {@code SideEffect} in lower case with dashes, {@code last-write-wins}
 * say; {@code pipeline} and {@code transaction} for those.
 */
public interface FailoverMetrics {
  /** Counts nothing. */
  FailoverMetrics NONE = new FailoverMetrics() {};

  /**
   * A client begins.
   *
   * @param figures what it can be asked for until {@link #detached}; nothing is known yet
   * @return where the client reports to; this object by default
   */
  default FailoverMetrics ofClient(ClientFigures figures) {
    return this;
  }

  /**
   * A monitor begins that serves several clients. One that belongs to a client reports to the
   * client's.
   *
   * @param monitor its name
   * @return where the monitor reports to; this object by default
   */
  default FailoverMetrics ofMonitor(String monitor) {
    return this;
  }

  /** The client or monitor was closed, or its start failed: all meters go. Once per client. */
  default void detached() {}

  /**
   * The client acts on a new snapshot; called in order, on the client's event thread.
   *
   * @param before the snapshot until now
   * @param after the snapshot from now on
   */
  default void topologyChanged(TopologySnapshot before, TopologySnapshot after) {}

  /**
   * A pool begins; asked once for each node and role.
   *
   * @param name stays the same through a switch, see {@link PoolFigures#pool()}
   * @return where it reports; {@link PoolMetrics#NONE}, the default, if it need not measure
   */
  default PoolMetrics pool(String name) {
    return PoolMetrics.NONE;
  }

  /**
   * Asked once per client.
   *
   * @return watches each call; {@link CallObserver#NONE}, the default, if calls need not be timed
   */
  default CallObserver calls() {
    return CallObserver.NONE;
  }

  /**
   * A command is tried again.
   *
   * @param reason {@code not-sent}, {@code refused}, {@code read}, {@code opted-in} or {@code
   *     transaction}
   */
  default void retried(String reason) {}

  /**
   * As {@link #retried(String)}, which it calls by default.
   *
   * @param reason as there
   * @param category of the command
   */
  default void retried(String reason, String category) {
    retried(reason);
  }

  /**
   * A call ended without being applied: no node took it in time.
   *
   * @param category of the command
   */
  default void refused(String category) {}

  /** A write ended with an unknown outcome. */
  default void outcomeUnknown() {}

  /**
   * As {@link #outcomeUnknown()}, which it calls by default.
   *
   * @param category of the command
   */
  default void outcomeUnknown(String category) {
    outcomeUnknown();
  }

  /**
   * A call that found no node to serve it, and waited for one, has ended.
   *
   * @param nanos how long it took, all in all
   */
  default void parked(long nanos) {}

  /**
   * A read passed a replica over, or did not take its reply, for want of a proof that it is fresh.
   */
  default void tooStale() {}

  /**
   * A command for the master was answered by another master than the one before.
   *
   * @param nanos since the last that the old one answered, without the time in which nobody asked
   */
  default void writesResumed(long nanos) {}

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
   * @param millis how late, in milliseconds; told at each turn, ten times a second, mostly 0
   */
  default void monitorDelay(long millis) {}
}
