package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.runtime.ClosableGate;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Actions that wait for one connection: at most one of each kind, the newest, so that a frozen node
 * collects no backlog. An order to change the role replaces an earlier one that was not sent.
 */
final class LinkQueue {
  private static final int MAX_KINDS = 1_000;

  private final ClosableGate gate = new ClosableGate();
  private final Map<Kind, CoreAction> waiting = new LinkedHashMap<>();

  void offer(CoreAction action) {
    Kind kind = kind(action);
    gate.change(
        () -> {
          if (waiting.size() < MAX_KINDS || waiting.containsKey(kind)) {
            waiting.put(kind, action);
          }
        });
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
    return gate.take(() -> !waiting.isEmpty(), this::removeOldest);
  }

  private CoreAction removeOldest() {
    Iterator<CoreAction> oldest = waiting.values().iterator();
    CoreAction action = oldest.next();
    oldest.remove();
    return action;
  }

  /** Orders of a connection that is gone must not be carried out on the next one. */
  void clear() {
    gate.change(waiting::clear);
  }

  /** Waits, or returns {@code false} as soon as the queue is closed. */
  boolean pause(long millis) throws InterruptedException {
    return gate.pause(millis);
  }

  boolean isClosed() {
    return gate.isClosed();
  }

  void close() {
    gate.close();
    clear();
  }
}
