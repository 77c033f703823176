package io.github.jedisfailover.internal.pool;

import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All connections of one pool, half-open ones included. Per command only {@link #ends()} and {@link
 * #era()} are asked.
 */
final class LiveConnections {
  private final Set<NodeConnection> connections = ConcurrentHashMap.newKeySet();
  private final EndWatch watch;
  private volatile boolean retired;
  private final AtomicInteger doubts = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private volatile int era;

  /**
   * @param watch {@code null} if nobody needs to know at once that the node is gone
   */
  LiveConnections(EndWatch watch) {
    this.watch = watch;
  }

  /** How often the node seemed to be gone: connections made before the last time must be asked. */
  int ends() {
    return doubts.get() + (watch == null ? 0 : watch.ends());
  }

  /** A connection failed: the others are asked before they are lent. */
  void doubt() {
    doubts.incrementAndGet();
  }

  void reached(SocketAddress node) {
    if (watch != null) {
      watch.reached(node);
    }
  }

  void add(NodeConnection connection) {
    connections.add(connection);
    most.accumulateAndGet(connections.size(), Math::max);
  }

  int most() {
    return most.get();
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

  /** No connection is made or lent from here on; does no I/O. */
  void retire() {
    retired = true;
  }

  /** First refuses new sockets, then closes the open ones: none can slip through between. */
  int cutAll() {
    retire();
    if (watch != null) {
      watch.close();
    }
    int open = 0;
    for (NodeConnection connection : connections) {
      if (connection.cut()) {
        open++;
      }
    }
    return open;
  }
}
