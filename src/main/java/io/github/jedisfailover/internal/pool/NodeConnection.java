package io.github.jedisfailover.internal.pool;

import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;

/** A connection that knows its pool, and that another thread can cut. */
final class NodeConnection extends Connection {
  private final NodeSocket socket;
  private final int era;
  private volatile ConnectionPool home;
  private volatile int endsKnown;
  private volatile boolean refusedWrite;
  private volatile long openedNanos;

  NodeConnection(NodeSocket socket, JedisClientConfig config, int era, int ends) {
    super(Connection.builder().socketFactory(socket).clientConfig(config));
    this.socket = socket;
    this.era = era;
    this.endsKnown = ends;
  }

  int era() {
    return era;
  }

  /** The process that answers now has answered since then: a connection outlives none. */
  long openedNanos() {
    return openedNanos;
  }

  void openedAt(long nanos) {
    openedNanos = nanos;
  }

  /** The last sign of the node's end that this connection is known to have outlived. */
  int endsKnown() {
    return endsKnown;
  }

  void outlived(int ends) {
    endsKnown = ends;
  }

  /** Whether it ever heard that its node takes no writes. */
  boolean refusedWrite() {
    return refusedWrite;
  }

  @Override
  protected Object readProtocolWithCheckingBroken() {
    try {
      return super.readProtocolWithCheckingBroken();
    } catch (JedisDataException e) {
      if (e.getMessage() != null && e.getMessage().startsWith("READONLY")) {
        refusedWrite = true;
      }
      throw e;
    }
  }

  /**
   * Closes the socket under whoever uses it.
   *
   * @return whether it was open
   */
  boolean cut() {
    boolean open = socket.isOpen();
    setBroken(); // first: a give-back in between must not take it for healthy
    socket.cut();
    return open;
  }

  /** Remembers the lending pool: a second pool may lend it on (see {@code MasterLoans}). */
  void lentBy(ConnectionPool pool) {
    home = pool;
  }

  void goHome() {
    ConnectionPool pool = home;
    if (pool != null) {
      setHandlingPool(pool);
      close();
    }
  }
}
