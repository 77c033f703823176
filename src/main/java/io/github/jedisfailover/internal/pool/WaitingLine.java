package io.github.jedisfailover.internal.pool;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private static final long PATIENCE_NANOS = 20_000_000L;

  /** What share of the places goes to those that have waited. */
  private static final int ONE_IN = 4;

  /** Far from the overflow that one more place would make. */
  private static final int UNLIMITED = Integer.MAX_VALUE / 2;

  private final Places places;
  private final AtomicInteger size;
  // When each of those that wait came; about the order of the line, which does not tell.
  private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger held = new AtomicInteger();
  private final MonotonicClock clock;

  /**
   * @param places negative for no limit
   */
  WaitingLine(int places, MonotonicClock clock) {
    this.size = new AtomicInteger(limit(places));
    this.places = new Places(size.get());
    this.clock = clock;
  }

  private static int limit(int places) {
    return places < 0 ? UNLIMITED : Math.min(places, UNLIMITED);
  }

  /**
   * Takes another number of places over. With fewer than are taken nobody is let in until so many
   * have left.
   *
   * @param now negative for no limit
   */
  void resize(int now) {
    int to = limit(now);
    int from = size.get();
    if (to == from || !size.compareAndSet(from, to)) {
      return;
    }
    if (to > from) {
      places.release(to - from);
    } else {
      places.remove(from - to);
    }
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
    if (maxWait.isZero()) {
      throw noPlace(maxWait);
    }
    Long arrival = clock.nanos();
    arrivals.add(arrival);
    try {
      if (!wait(maxWait)) {
        throw noPlace(maxWait);
      }
    } finally {
      arrivals.remove(arrival); // or another's of the same moment
    }
    return left(maxWait, arrival);
  }

  private static NoSuchElementException noPlace(Duration maxWait) {
    return new NoSuchElementException("no place within " + maxWait.toMillis() + " ms");
  }

  private boolean mayOvertake() {
    Long first = arrivals.peek();
    return first == null
        || clock.nanos() - first < PATIENCE_NANOS
        || turn.incrementAndGet() % ONE_IN != 0;
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

  /** A fair semaphore that can lose permits which are taken. */
  private static final class Places extends Semaphore {
    private static final long serialVersionUID = 1L;

    Places(int number) {
      super(number, true);
    }

    void remove(int number) {
      reducePermits(number);
    }
  }
}
