package io.github.jedisfailover.exceptions;

import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * No node that the read policy allows could serve the read before the call's deadline. Only reads
 * throw it, so nothing was changed.
 */
public class ReplicaUnavailableException extends JedisConnectionException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message policy and nodes that were tried
   * @param cause the last failure, or {@code null} if there was none
   */
  public ReplicaUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
