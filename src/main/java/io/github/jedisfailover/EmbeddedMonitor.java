package io.github.jedisfailover;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.internal.runtime.EventDispatcher;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.TopologySource;
import io.github.jedisfailover.topology.TopologyView;
import java.util.List;

/** A monitor in this JVM. */
public final class EmbeddedMonitor implements AutoCloseable {
  private EmbeddedMonitor() {}

  /**
   * Starts a voter.
   *
   * @param config must name the voter to {@code listen} on
   * @param listeners hear of all watched groups
   * @param metrics takes figures
   * @return the running monitor, watching nothing yet
   */
  public static EmbeddedMonitor start(
      MonitorConfig config, List<FailoverListener> listeners, FailoverMetrics metrics) {
    throw new UnsupportedOperationException("in work");
  }

  /**
   * Watches one more master group.
   *
   * @param group master name, nodes and connection settings
   * @return the group's topology
   */
  public TopologyView watch(FailoverConfig group) {
    throw new UnsupportedOperationException("in work");
  }

  /** A source fed by this monitor; closing the source leaves the monitor running. */
  TopologySource source(FailoverConfig group) {
    throw new UnsupportedOperationException("in work");
  }

  /** A source with its own voter or observer, which closes with the source. */
  static TopologySource sourceFor(
      FailoverConfig group, MonitorConfig config, EventDispatcher events, FailoverMetrics metrics) {
    throw new UnsupportedOperationException("in work");
  }

  @Override
  public void close() {}
}
