package io.github.jedisfailover.exceptions;

import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Certainly not applied, and not repeated behind the caller's back: a transaction that was cut
 * before its {@code EXEC} was sent, or a command of a pipeline that was not sent any more because
 * the outcome of an earlier one is unknown. It may be repeated without harm.
 */
public class NotAppliedException extends JedisConnectionException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was not applied and why
   * @param cause what broke, or {@code null} if nothing did
   */
  public NotAppliedException(String message, Throwable cause) {
    super(message, cause);
  }
}
