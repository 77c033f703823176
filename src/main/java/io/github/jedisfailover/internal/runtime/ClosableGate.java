package io.github.jedisfailover.internal.runtime;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Guards the fields of its owner: every change wakes all who wait, and closing ends all waits at
 * once and for good. What is passed in runs under the lock, so it is short and does no I/O.
 */
public final class ClosableGate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean closed;

  /** Runs also once closed. */
  public void change(Runnable change) {
    call(
        () -> {
          change.run();
          return null;
        });
  }

  /** As {@link #change}, with a result. */
  public <T> T call(Supplier<T> change) {
    lock.lock();
    try {
      T result = change.get();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is ready, then takes under the same lock; empty once closed. */
  public <T> Optional<T> take(BooleanSupplier ready, Supplier<T> taken)
      throws InterruptedException {
    lock.lock();
    try {
      while (!closed && !ready.getAsBoolean()) {
        changed.await();
      }
      return closed ? Optional.empty() : Optional.of(taken.get());
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is ready or the time is over; {@code false} as soon as closed. */
  public boolean await(BooleanSupplier ready, long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      while (!closed && left > 0 && !ready.getAsBoolean()) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits out the time; {@code false} as soon as closed. */
  public boolean pause(long millis) throws InterruptedException {
    return await(() -> false, millis);
  }

  public boolean isClosed() {
    return closed;
  }

  public void close() {
    change(() -> closed = true);
  }
}
