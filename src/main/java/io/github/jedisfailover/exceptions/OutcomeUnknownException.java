package io.github.jedisfailover.exceptions;

import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * The request was handed to the socket and no reply came: the command may or may not have been
 * applied. It is not repeated behind the caller's back; read the value back, or make the operation
 * idempotent and opt in to repeating it.
 */
public class OutcomeUnknownException extends JedisConnectionException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message command, node and what broke
   * @param cause the I/O failure
   */
  public OutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
