package io.github.jedisfailover.internal.runtime;

import io.github.jedisfailover.topology.TopologySnapshot;
import io.github.jedisfailover.topology.TopologyView;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The one writer of the current snapshot. A snapshot that does not supersede the current one is
 * dropped. The change and {@code onChange} happen under one lock and without I/O, so every waiter
 * that wakes up sees the pools that belong to the snapshot it was woken for.
 */
public final class TopologyHub implements TopologyView, AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final BiConsumer<TopologySnapshot, TopologySnapshot> onChange;
  private volatile TopologySnapshot current = TopologySnapshot.UNKNOWN;
  private volatile boolean closed;

  /**
   * @param onChange takes (before, after) under the lock; does no I/O and never waits
   */
  public TopologyHub(BiConsumer<TopologySnapshot, TopologySnapshot> onChange) {
    this.onChange = onChange;
  }

  /** Takes the snapshot if it supersedes the current one. */
  public boolean offer(TopologySnapshot snapshot) {
    lock.lock();
    try {
      if (closed || !snapshot.supersedes(current)) {
        return false;
      }
      TopologySnapshot before = current;
      onChange.accept(before, snapshot);
      current = snapshot;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Runs it with the current snapshot under the lock: no I/O, no waiting. */
  public void inStep(Consumer<TopologySnapshot> action) {
    lock.lock();
    try {
      action.accept(current);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public TopologySnapshot current() {
    return current;
  }

  @Override
  public Optional<TopologySnapshot> awaitNewerThan(
      TopologySnapshot.Version seen, Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("timeout must be 0 or more, was " + timeout);
    }
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (!closed && current.version().compareTo(seen) <= 0) {
        if (left <= 0) {
          return Optional.empty();
        }
        left = changed.awaitNanos(left);
      }
      return closed ? Optional.empty() : Optional.of(current);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JedisException("Interrupted while waiting for a new topology", e);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes all waiters; later snapshots are dropped. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
