package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.pool.NodePool;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Measures from the last answer of one master to the first of the next. Time in which nobody asked
 * does not count: what is measured begins with the last good answer, or with the first call since
 * then that had to wait, whichever came later. Thread-safe; per command it reads the clock and
 * writes one field.
 */
final class WriteGap {
  private final MonotonicClock clock;
  private final Listener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong lastGood;
  private final AtomicLong firstTrouble;
  private volatile NodePool master;

  /** Told once per new master, in the thread of the call that it answered first. */
  @FunctionalInterface
  interface Listener {
    void resumed(NodeAddress from, NodeAddress to, long gapNanos);
  }

  WriteGap(MonotonicClock clock, Listener listener) {
    this.clock = clock;
    this.listener = listener;
    long now = clock.nanos();
    lastGood = new AtomicLong(now);
    firstTrouble = new AtomicLong(now);
  }

  /**
   * The master answered.
   *
   * @param start when the call began
   */
  void wrote(NodePool pool, long start) {
    if (pool != master && !isTaken(pool, start)) {
      return; // a late answer of an old master
    }
    lastGood.lazySet(clock.nanos());
  }

  private boolean isTaken(NodePool pool, long start) {
    NodePool before;
    long gap;
    lock.lock();
    try {
      before = master;
      if (before != null && before.generation() >= pool.generation()) {
        return before == pool;
      }
      gap = clock.nanos() - begin(start);
      master = pool;
    } finally {
      lock.unlock();
    }
    if (before != null) {
      listener.resumed(before.address(), pool.address(), gap);
    }
    return true;
  }

  private long begin(long start) {
    long good = lastGood.get();
    long trouble = firstTrouble.get();
    long asked = trouble - good > 0 && trouble - start < 0 ? trouble : start;
    return asked - good > 0 ? asked : good;
  }

  /**
   * A call for the master failed or has to wait.
   *
   * @param start when it began
   */
  void troubled(long start) {
    long good = lastGood.get();
    firstTrouble.updateAndGet(known -> known - good > 0 && known - start < 0 ? known : start);
  }

  /** How long ago the present master answered last, in nanoseconds; negative if it never did. */
  long sinceLastGood() {
    return master == null ? -1 : Math.max(0, clock.nanos() - lastGood.get());
  }
}
