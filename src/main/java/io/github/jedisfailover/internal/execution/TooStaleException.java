package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.topology.NodeAddress;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A replica is not, or not any more, proven to have what the read must see. */
final class TooStaleException extends JedisConnectionException {
  private static final long serialVersionUID = 1L;

  TooStaleException(NodeAddress node) {
    super("Replica " + node + " is not proven to be fresh enough");
  }
}
