package io.github.jedisfailover.internal.pool;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All connections of one pool, half-open ones included. Touched when a connection is made or
 * destroyed, never per command.
 */
final class LiveConnections {
  private final Set<NodeConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean retired;
  private volatile int era;

  void add(NodeConnection connection) {
    connections.add(connection);
  }

  void remove(NodeConnection connection) {
    connections.remove(connection);
  }

  boolean isRetired() {
    return retired;
  }

  /** Connections of an earlier era may be dead without knowing it. */
  int era() {
    return era;
  }

  /** The node closed a connection on us: the idle ones are not trusted any more. */
  void distrust(int seenEra) {
    if (seenEra == era) {
      era = seenEra + 1; // two threads at once do the same step: no harm
    }
  }

  /** First refuses new sockets, then closes the open ones: none can slip through between. */
  int cutAll() {
    retired = true;
    int open = 0;
    for (NodeConnection connection : connections) {
      if (connection.cut()) {
        open++;
      }
    }
    return open;
  }
}
