package io.github.jedisfailover.internal.pool;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Lends the objects of a Commons pool to those that have a place in the line before it: as many as
 * the pool may have objects. Whoever waits, waits in the line, where the order is kept and each
 * object that comes back wakes one. Thread-safe.
 *
 * @param <T> what the pool holds
 */
public final class FairLoans<T> {
  /** How long one that has a place can be forgotten inside of Commons Pool. */
  private static final Duration LONGEST_NAP = Duration.ofMillis(50);

  private final GenericObjectPool<T> pool;
  private final Borrowing<T> borrowing;
  private final MonotonicClock clock;
  private final WaitingLine line;

  /**
   * Commons Pool's own {@code borrowObject}.
   *
   * @param <T> what the pool holds
   */
  @FunctionalInterface
  public interface Borrowing<T> {
    T within(Duration maxWait) throws Exception;
  }

  /**
   * @param pool asked for its limits only; they may change
   * @param borrowing one attempt
   */
  public FairLoans(GenericObjectPool<T> pool, Borrowing<T> borrowing, MonotonicClock clock) {
    this.pool = pool;
    this.borrowing = borrowing;
    this.clock = clock;
    line = new WaitingLine(pool.getMaxTotal(), clock);
  }

  /**
   * Waits for a place, or only looks if the pool is not to block. {@link #leave} gives it back, as
   * soon as there is no object to be had or the object is back in the pool.
   *
   * @param maxWait negative for ever
   * @return how much of it is left
   * @throws NoSuchElementException if there was none in time
   */
  public Duration enter(Duration maxWait) throws InterruptedException {
    line.resize(pool.getMaxTotal());
    return line.enter(pool.getBlockWhenExhausted() ? maxWait : Duration.ZERO);
  }

  /**
   * Takes an object, for whoever has a place. So there is nothing to wait for, unless the pool's
   * evictor is just looking at the object, or another thread makes one for stock. Commons Pool can
   * forget a waiter then: one that was woken for an object which somebody else took is not there to
   * be interrupted by {@code close()}. So nobody waits in it for long.
   *
   * @param maxWait negative for ever
   * @param refuse throws if there is nothing to wait for any more
   * @throws Exception what Commons Pool throws
   */
  public T take(Duration maxWait, Runnable refuse) throws Exception {
    long start = 0; // not read unless needed: the clock takes longer than an idle object
    Duration left = maxWait;
    while (true) {
      refuse.run();
      boolean last = !left.isNegative() && left.compareTo(LONGEST_NAP) <= 0;
      try {
        return borrowing.within(last ? left : LONGEST_NAP);
      } catch (NoSuchElementException e) {
        if (last || !isExhausted(e) || !pool.getBlockWhenExhausted()) {
          throw e;
        }
      }
      if (!maxWait.isNegative()) {
        long now = clock.nanos();
        start = start == 0 ? now - LONGEST_NAP.toNanos() : start;
        left = maxWait.minusNanos(now - start);
        left = left.isNegative() ? Duration.ZERO : left;
      }
    }
  }

  /**
   * Whether there was no object in time. Otherwise a new one did not pass its first check, which
   * Commons Pool reports as the same type.
   */
  public static boolean isExhausted(Exception e) {
    return e instanceof NoSuchElementException
        && e.getCause() == null
        && !String.valueOf(e.getMessage()).startsWith("Unable");
  }

  /** Gives a place back. Never blocks. */
  public void leave() {
    line.leave();
  }

  /** Lets everybody in, one after the other, to be refused. */
  public void dissolve() {
    line.dissolve();
  }

  /** Nobody is let in from here on. Before anybody has entered. */
  void hold() {
    line.hold();
  }

  /**
   * Gives places back that {@link #hold} took.
   *
   * @param most so many, or all if there are less
   */
  void letIn(int most) {
    line.release(most);
  }

  /** How many wait for a place. */
  public int waiting() {
    return line.length();
  }
}
