package io.github.jedisfailover.internal.testkit;

import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisException;

/** Waits for what the servers do in their own time, never without a bound. */
public final class Await {
  private static final long POLL_MILLIS = 10;

  private Await() {}

  /**
   * Returns once the condition holds. An answer that a server does not give counts as no.
   *
   * @param what is waited for, for the message
   * @param state how things stand, asked only when the time is up
   * @throws IllegalStateException if it does not hold in time
   */
  public static void until(
      String what, Duration atMost, BooleanSupplier condition, Supplier<String> state) {
    long end = MonotonicClock.SYSTEM.nanos() + atMost.toNanos();
    JedisException last = null;
    while (true) {
      try {
        if (condition.getAsBoolean()) {
          return;
        }
        last = null;
      } catch (JedisException e) {
        last = e;
      }
      if (MonotonicClock.SYSTEM.nanos() - end > 0) {
        throw new IllegalStateException(
            "no " + what + " within " + atMost.toSeconds() + " s. " + state.get(), last);
      }
      if (!DaemonThreads.pause(POLL_MILLIS)) {
        throw new IllegalStateException("interrupted while waiting for " + what);
      }
    }
  }
}
