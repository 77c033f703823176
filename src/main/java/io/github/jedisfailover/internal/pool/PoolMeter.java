package io.github.jedisfailover.internal.pool;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.PoolMetrics;
import redis.clients.jedis.Connection;

/** The name of a pool and what it measures; without somebody who asks, nothing. Thread-safe. */
final class PoolMeter {
  private final String name;
  private final PoolMetrics metrics; // null if nobody asks
  private final MonotonicClock clock;

  PoolMeter(String name, PoolMetrics metrics, MonotonicClock clock) {
    this.name = name;
    this.metrics = metrics == PoolMetrics.NONE ? null : metrics;
    this.clock = clock;
  }

  String name() {
    return name;
  }

  /** When what is measured begins; 0 if nothing is measured. */
  long begin() {
    return metrics == null ? 0 : clock.nanos();
  }

  void created(long beginNanos) {
    if (metrics != null) {
      metrics.created(clock.nanos() - beginNanos);
    }
  }

  void lent(Connection connection, long beginNanos) {
    if (metrics != null) {
      long now = clock.nanos();
      ((NodeConnection) connection).lentAt(now);
      metrics.waited(now - beginNanos);
    }
  }

  void back(NodeConnection connection) {
    if (metrics != null) {
      metrics.used(clock.nanos() - connection.lentAt());
    }
  }

  void timedOut() {
    if (metrics != null) {
      metrics.timedOut();
    }
  }
}
