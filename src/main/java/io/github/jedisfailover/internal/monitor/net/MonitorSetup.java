package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.monitor.core.MonitorCore;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.internal.runtime.EventDispatcher;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;

/**
 * What one monitor is made from.
 *
 * @param owner in thread names, logs and events
 * @param events hears of all groups; stays open when the monitor closes
 */
record MonitorSetup(
    String owner,
    MonitorConfig config,
    EventDispatcher events,
    FailoverMetrics metrics,
    MonotonicClock clock,
    CoreFactory cores) {

  /** Makes the core; a seam for tests. */
  interface CoreFactory {
    MonitorCore create(
        String myId,
        NodeAddress me,
        List<NodeAddress> voters,
        PersistentState stored,
        boolean remembers);
  }

  /**
   * The address to listen on.
   *
   * @throws IllegalArgumentException if none is configured
   */
  NodeAddress me() {
    return config
        .listen()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "listen must be set to one of the voters "
                        + config.voters()
                        + " for a monitor, was not set"));
  }
}
