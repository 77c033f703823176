package io.github.jedisfailover.testing;

import io.github.jedisfailover.internal.runtime.DaemonThreads;
import java.time.Duration;
import java.util.Locale;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Keeps a server busy with one DEBUG SLEEP after the other, as slow commands of others would: what
 * arrives meanwhile waits until the command is done.
 */
final class Slowness implements AutoCloseable {
  private static final long RETRY_MILLIS = 20;

  private final RedisNode node;
  private final String seconds;
  private final DaemonThreads threads;

  private Slowness(RedisNode node, Duration delay) {
    this.node = node;
    this.seconds = String.format(Locale.ROOT, "%.3f", delay.toMillis() / 1000.0);
    this.threads = new DaemonThreads("testkit-" + node.port());
  }

  static Slowness of(RedisNode node, Duration delay) {
    Slowness slowness = new Slowness(node, delay);
    slowness.threads.start("slow", slowness::run);
    return slowness;
  }

  private void run() {
    while (!threads.isClosed()) {
      try {
        node.repeat("DEBUG", () -> !threads.isClosed(), "SLEEP", seconds);
      } catch (JedisException e) {
        // Killed, frozen or cut off for a while: slow again when it is back.
        DaemonThreads.pause(RETRY_MILLIS);
      }
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
