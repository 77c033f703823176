package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.Optional;
import redis.clients.jedis.JedisClientConfig;

/**
 * Whether a node took over from another one, by what both say themselves. A promoted replica names
 * the history of its former master; an old master that somebody announces again does not. Thread-
 * safe.
 */
final class Succession {
  /** A master that is well answers at once; the switch must not wait for one that hangs. */
  private static final int PATIENCE_MILLIS = 250;

  private final NodeOrders nodes;

  Succession(JedisClientConfig user) {
    nodes = new NodeOrders(user, "observer", PATIENCE_MILLIS);
  }

  /** Also if the old master is silent, or says that it is one no more. */
  boolean isProven(NodeAddress heir, NodeAddress old) {
    Optional<NodeWord> claim = nodes.ask(heir).filter(NodeWord::master);
    if (claim.isEmpty()) {
      return false;
    }
    Optional<NodeWord> other = nodes.ask(old).filter(NodeWord::master);
    return other.isEmpty() || claim.get().descendsFrom(other.get().history());
  }

  void close() {
    nodes.close();
  }
}
