package io.github.jedisfailover.internal.pool;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line in front of a pool, for as many as the pool has places. Commons Pool alone lets whoever
 * comes next overtake those that wait: with far more callers than connections some wait until their
 * deadline at a healthy node. Overtaking is quick, since a caller that goes on needs not be woken:
 * while somebody has waited for long, one in a few goes to the end of the line instead, and those
 * in the line come first in, first out. Thread-safe.
 */
final class WaitingLine {
  private static final Duration PATIENCE = Duration.ofMillis(20);

  /** What share of the places goes to those that have waited. */
  private static final int ONE_IN = 4;

  /** Far from the overflow that one more place would make. */
  private static final int UNLIMITED = Integer.MAX_VALUE / 2;

  private final Semaphore places;
  private final AtomicInteger impatient = new AtomicInteger();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger held = new AtomicInteger();
  private final MonotonicClock clock;

  /**
   * @param places negative for no limit
   */
  WaitingLine(int places, MonotonicClock clock) {
    this.places = new Semaphore(places < 0 ? UNLIMITED : places, true);
    this.clock = clock;
  }

  /**
   * Takes a place; {@link #leave} gives it back.
   *
   * @param maxWait negative for ever
   * @return how much of it is left
   * @throws NoSuchElementException if there was none in time
   */
  Duration enter(Duration maxWait) throws InterruptedException {
    if (mayOvertake() && places.tryAcquire()) {
      return maxWait;
    }
    long start = clock.nanos();
    boolean mayLast = maxWait.isNegative() || maxWait.compareTo(PATIENCE) > 0;
    if (!wait(mayLast ? PATIENCE : maxWait)) {
      if (!mayLast || !waitImpatiently(left(maxWait, start))) {
        throw new NoSuchElementException("no place within " + maxWait.toMillis() + " ms");
      }
    }
    return left(maxWait, start);
  }

  private boolean mayOvertake() {
    return impatient.get() == 0 || turn.incrementAndGet() % ONE_IN != 0;
  }

  private boolean waitImpatiently(Duration rest) throws InterruptedException {
    impatient.incrementAndGet();
    try {
      return wait(rest);
    } finally {
      impatient.decrementAndGet();
    }
  }

  private boolean wait(Duration time) throws InterruptedException {
    if (time.isNegative()) {
      places.acquire();
      return true;
    }
    return places.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private Duration left(Duration maxWait, long start) {
    if (maxWait.isNegative()) {
      return maxWait;
    }
    Duration left = maxWait.minusNanos(clock.nanos() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }

  void leave() {
    places.release();
  }

  /**
   * Lets those that wait in, one after the other as long as each gives its place back at once: they
   * are to find out that there is nothing to wait for.
   */
  void dissolve() {
    places.release();
  }

  /** Takes all places away, for {@link #release} to give them back. Before anybody has entered. */
  void hold() {
    held.set(places.drainPermits());
  }

  /**
   * @param most so many of the places that are held, or all if there are less
   */
  void release(int most) {
    int before = held.getAndUpdate(now -> now - Math.min(now, most));
    places.release(Math.min(before, most));
  }

  int length() {
    return places.getQueueLength();
  }
}
