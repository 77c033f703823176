package io.github.jedisfailover.exceptions;

import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * No master could be reached before the call's deadline. The command was certainly not applied: it
 * may be repeated without harm.
 */
public class MasterUnavailableException extends JedisConnectionException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was waited for and how long
   * @param cause the last failure, or {@code null} if there was none
   */
  public MasterUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
