package io.github.jedisfailover.testsupport;

import io.github.jedisfailover.metrics.FailoverMetrics;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** How late the ticks of one monitor's loop were, in whole milliseconds. Thread-safe. */
public final class LoopDelays implements FailoverMetrics {
  /** Longer ones count as this. */
  private static final int LONGEST = 10_000;

  private final AtomicLongArray counts = new AtomicLongArray(LONGEST + 1);

  @Override
  public void monitorDelay(long millis) {
    counts.incrementAndGet((int) Math.min(LONGEST, millis));
  }

  /** Forgets what was measured so far. */
  public void reset() {
    IntStream.range(0, counts.length()).forEach(i -> counts.set(i, 0));
  }

  public long ticks() {
    return IntStream.range(0, counts.length()).mapToLong(counts::get).sum();
  }

  public int longest() {
    return quantile(1);
  }

  /** What this share of all ticks, 0 to 1, did not exceed. */
  public int quantile(double share) {
    long left = (long) Math.ceil(share * ticks());
    for (int millis = 0; millis < counts.length(); millis++) {
      left -= counts.get(millis);
      if (left <= 0) {
        return millis;
      }
    }
    return LONGEST;
  }

  @Override
  public String toString() {
    return ticks()
        + " ticks, late by: median "
        + quantile(0.5)
        + " ms, 99.9 % "
        + quantile(0.999)
        + " ms, most "
        + longest()
        + " ms";
  }
}
