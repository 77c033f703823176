package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Actions that wait for one connection: at most one of each kind, the newest, so that a frozen node
 * collects no backlog. An order to change the role replaces an earlier one that was not sent.
 */
final class LinkQueue {
  private static final int MAX_KINDS = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Object, CoreAction> waiting = new LinkedHashMap<>();
  private boolean closed;

  void offer(CoreAction action) {
    lock.lock();
    try {
      if (waiting.size() < MAX_KINDS || waiting.containsKey(kind(action))) {
        waiting.put(kind(action), action);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private record Kind(Class<?> type, String master) {}

  private static Kind kind(CoreAction action) {
    if (action instanceof CoreAction.SayHello hello) {
      return new Kind(CoreAction.SayHello.class, hello.hello().masterName());
    }
    if (action instanceof CoreAction.AskPeer ask) {
      return new Kind(CoreAction.AskPeer.class, ask.masterName());
    }
    if (action instanceof CoreAction.AskMembers ask) {
      return new Kind(CoreAction.AskMembers.class, ask.masterName());
    }
    boolean role =
        action instanceof CoreAction.MakeMaster || action instanceof CoreAction.MakeReplicaOf;
    return new Kind(role ? CoreAction.MakeReplicaOf.class : action.getClass(), "");
  }

  /** The oldest waiting action; empty if the queue was closed. */
  Optional<CoreAction> take() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && waiting.isEmpty()) {
        changed.await();
      }
      if (closed) {
        return Optional.empty();
      }
      Iterator<CoreAction> oldest = waiting.values().iterator();
      CoreAction action = oldest.next();
      oldest.remove();
      return Optional.of(action);
    } finally {
      lock.unlock();
    }
  }

  /** Orders of a connection that is gone must not be carried out on the next one. */
  void clear() {
    lock.lock();
    try {
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Waits, or returns {@code false} as soon as the queue is closed. */
  boolean pause(long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
