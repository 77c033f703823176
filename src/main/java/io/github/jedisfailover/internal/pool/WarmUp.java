package io.github.jedisfailover.internal.pool;

import io.github.jedisfailover.internal.runtime.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the first connections to a new master, a few at a time, and lets one caller in with each: a
 * node that was just promoted is not met by all callers of all clients at once. Whatever happens,
 * the rest is let in after a bounded time, and then connects for itself.
 */
final class WarmUp {
  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
  private static final int AT_ONCE = 4;

  private final NodePool pool;
  private final int connections;
  private final AtomicInteger begun = new AtomicInteger();
  private final CountDownLatch left;

  private WarmUp(NodePool pool, int connections) {
    this.pool = pool;
    this.connections = connections;
    this.left = new CountDownLatch(connections);
  }

  /**
   * Does no I/O itself.
   *
   * @param pool not yet known to callers
   * @param connections 1 or more
   * @param limit after which everybody is let in
   */
  static void start(NodePool pool, int connections, Duration limit, DaemonThreads threads) {
    WarmUp warmUp = new WarmUp(pool, connections);
    pool.hold();
    try {
      threads.start("warm-up", () -> warmUp.letInAtLast(limit));
      for (int i = 1; i <= Math.min(AT_ONCE, connections); i++) {
        threads.start("warm-up-" + i, warmUp::connect);
      }
    } catch (IllegalStateException e) {
      pool.letAllIn(); // closed at this moment: they are refused
    }
  }

  private void connect() {
    while (begun.incrementAndGet() <= connections && !pool.isRetired()) {
      try {
        pool.addIdle();
        pool.letOneIn();
        left.countDown();
      } catch (Exception e) {
        log.debug("no connection to {} ahead of its callers", pool, e);
        end(); // they find out for themselves, and tell the source
        return;
      }
    }
    if (pool.isRetired()) {
      end();
    }
  }

  private void end() {
    begun.set(connections);
    while (left.getCount() > 0) {
      left.countDown();
    }
  }

  private void letInAtLast(Duration limit) {
    try {
      left.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pool.letAllIn();
    }
  }
}
