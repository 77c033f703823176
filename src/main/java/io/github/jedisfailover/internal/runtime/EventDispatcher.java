package io.github.jedisfailover.internal.runtime;

import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to listeners in order, on one thread. The queue is bounded: when a listener
 * blocks for so long that it is full, the newest events are dropped and counted, and the drop is
 * logged once the listener goes on.
 */
public final class EventDispatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventDispatcher.class);
  private static final int CAPACITY = 10_000;

  private final String owner;
  private final List<FailoverListener> listeners;
  private final BlockingQueue<FailoverEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean closed;

  public EventDispatcher(String owner, List<FailoverListener> listeners) {
    this.owner = owner;
    this.listeners = new CopyOnWriteArrayList<>(listeners);
  }

  public void start(DaemonThreads threads) {
    threads.start("events", this::deliverAll);
  }

  /** Never blocks. */
  public void publish(FailoverEvent event) {
    if (!closed && !listeners.isEmpty() && !queue.offer(event)) {
      dropped.incrementAndGet();
    }
  }

  public void add(FailoverListener listener) {
    listeners.add(listener);
  }

  private void deliverAll() {
    while (!closed) {
      try {
        deliver(queue.take());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void deliver(FailoverEvent event) {
    for (FailoverListener listener : listeners) {
      try {
        event.deliverTo(listener);
      } catch (RuntimeException e) {
        log.warn("[{}] listener {} failed on {}", owner, listener.getClass().getName(), event, e);
      }
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      log.warn("[{}] {} events dropped: a listener was too slow", owner, lost);
    }
  }

  /** Stops taking events; the thread itself is ended by its {@link DaemonThreads}. */
  @Override
  public void close() {
    closed = true;
  }
}
