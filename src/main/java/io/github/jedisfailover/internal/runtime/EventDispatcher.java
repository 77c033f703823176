package io.github.jedisfailover.internal.runtime;

import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
  private final List<Receiver> receivers;
  private final BlockingQueue<FailoverEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean closed;

  /** Who hears, and its name for the log. */
  private record Receiver(String name, Consumer<FailoverEvent> ear) {
    static Receiver of(FailoverListener listener) {
      return new Receiver(listener.getClass().getName(), e -> e.deliverTo(listener));
    }
  }

  public EventDispatcher(String owner, List<FailoverListener> listeners) {
    this.owner = owner;
    this.receivers = new CopyOnWriteArrayList<>(listeners.stream().map(Receiver::of).toList());
  }

  public void start(DaemonThreads threads) {
    threads.start("events", this::deliverAll);
  }

  /** Never blocks. */
  public void publish(FailoverEvent event) {
    if (!closed && !receivers.isEmpty() && !queue.offer(event)) {
      dropped.incrementAndGet();
    }
  }

  public void add(FailoverListener listener) {
    receivers.add(Receiver.of(listener));
  }

  /** Hears every kind, also those that come with a later version. */
  public void addTap(Consumer<FailoverEvent> tap) {
    receivers.add(new Receiver(tap.getClass().getName(), tap));
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
    for (Receiver receiver : receivers) {
      try {
        receiver.ear().accept(event);
      } catch (RuntimeException e) {
        log.warn("[{}] listener {} failed on {}", owner, receiver.name(), event, e);
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
