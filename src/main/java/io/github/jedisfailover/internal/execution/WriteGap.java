package io.github.jedisfailover.internal.execution;

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
  private volatile long generation; // of the master's pool; 0 before the first
  private NodeAddress master; // under the lock

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
   * A master answered.
   *
   * @param by generation of its pool
   * @param start when the call began
   */
  void wrote(long by, NodeAddress node, long start) {
    if (by != generation && !isTaken(by, node, start)) {
      return; // a late answer of an old master
    }
    lastGood.lazySet(clock.nanos());
  }

  private boolean isTaken(long by, NodeAddress node, long start) {
    NodeAddress before;
    long gap;
    lock.lock();
    try {
      if (by <= generation) {
        return by == generation;
      }
      before = master;
      gap = clock.nanos() - begin(start);
      master = node;
      generation = by;
    } finally {
      lock.unlock();
    }
    if (before != null) {
      listener.resumed(before, node, gap);
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
    return generation == 0 ? -1 : Math.max(0, clock.nanos() - lastGood.get());
  }
}
