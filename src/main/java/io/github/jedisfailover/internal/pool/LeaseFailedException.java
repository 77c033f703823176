package io.github.jedisfailover.internal.pool;

import redis.clients.jedis.exceptions.JedisConnectionException;

/** No connection could be had from a pool: the command was certainly not sent. */
public final class LeaseFailedException extends JedisConnectionException {
  private static final long serialVersionUID = 1L;

  /** Why there was no connection. */
  public enum Reason {
    /** The pool was retired: a newer table has the answer. */
    RETIRED,
    /** All connections are in use and none came back in time. */
    EXHAUSTED,
    /** Connecting, TLS, authentication or the protocol handshake failed. */
    CONNECT
  }

  private final Reason reason;

  LeaseFailedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
