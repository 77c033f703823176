package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Measures how long nobody can write: it deletes a key that does not exist, again and again. That
 * is a write to the server, which a replica refuses and a paused master holds back, and changes
 * nothing.
 */
final class GapProbe implements AutoCloseable {
  private static final String KEY = "jedis-failover:gap-probe";
  private static final long PAUSE_MILLIS = 2;
  private static final long WAIT_SECONDS = 3;

  private final RedisFailoverClient client;
  private final DaemonThreads threads = new DaemonThreads("cli");
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch arrived = new CountDownLatch(1);
  private volatile boolean switched;
  private volatile long longestNanos;
  private volatile String refusal = "";

  private GapProbe(RedisFailoverClient client) {
    this.client = client;
  }

  /** Begins when the first write is through, or refused. */
  static Gap during(RedisFailoverClient client, Runnable change) {
    try (GapProbe probe = new GapProbe(client)) {
      probe.threads.start("gap", probe::run);
      await(probe.begun);
      long took = tookMillis(change);
      probe.awaitNewMaster();
      return new Gap(took, probe.longestNanos / 1_000_000L, probe.refusal);
    }
  }

  /**
   * Only how long the change takes.
   *
   * @param why there is nothing to write to before it
   */
  static Gap unmeasured(String why, Runnable change) {
    return new Gap(tookMillis(change), 0, why);
  }

  private static long tookMillis(Runnable change) {
    long start = MonotonicClock.SYSTEM.nanos();
    change.run();
    return (MonotonicClock.SYSTEM.nanos() - start) / 1_000_000L;
  }

  private void run() {
    boolean known = false;
    long last = 0;
    while (!threads.isClosed()) {
      boolean after = switched;
      Optional<String> failure = write();
      long now = MonotonicClock.SYSTEM.nanos();
      if (failure.isEmpty()) {
        longestNanos = known ? Math.max(longestNanos, now - last) : longestNanos;
        last = now;
        known = true;
        begun.countDown();
        if (after) {
          arrived.countDown();
        }
      } else if (failure.get().startsWith("NOPERM") || !known) {
        refusal = failure.get();
        begun.countDown();
        arrived.countDown();
        return;
      }
      if (!DaemonThreads.pause(PAUSE_MILLIS)) {
        return;
      }
    }
  }

  /** Why it was not done. */
  private Optional<String> write() {
    try {
      client.del(KEY);
      return Optional.empty();
    } catch (JedisDataException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (JedisException e) {
      return Optional.of("no answer: " + e.getMessage());
    }
  }

  private void awaitNewMaster() {
    switched = true;
    await(arrived);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
        return; // what was measured until now counts
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.close();
  }

  /**
   * @param tookMillis how long the change took
   * @param millis the longest time between two writes that went through
   * @param refusal why it was not measured; empty if it was
   */
  record Gap(long tookMillis, long millis, String refusal) {
    /** Null where it was not measured, for JSON. */
    Long measured() {
      return refusal.isEmpty() ? millis : null;
    }

    String words() {
      return refusal.isEmpty()
          ? "writes waited " + millis + " ms at most"
          : "how long writes waited was not measured: " + refusal;
    }
  }
}
