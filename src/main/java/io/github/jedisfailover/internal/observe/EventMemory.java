package io.github.jedisfailover.internal.observe;

import io.github.jedisfailover.event.FailoverEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The last events of a client. Thread-safe. */
final class EventMemory {
  private static final int MOST = 50;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<FailoverEvent> events = new ArrayDeque<>();

  void add(FailoverEvent event) {
    lock.lock();
    try {
      if (events.size() == MOST) {
        events.removeFirst();
      }
      events.addLast(event);
    } finally {
      lock.unlock();
    }
  }

  /** Oldest first. */
  List<FailoverEvent> all() {
    lock.lock();
    try {
      return new ArrayList<>(events);
    } finally {
      lock.unlock();
    }
  }
}
