package io.github.jedisfailover.exceptions;

import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A cursor ({@code SCAN}, {@code HSCAN}, {@code SSCAN}, {@code ZSCAN}, or an iteration) belongs to
 * a server that does not serve it any more: the master was switched, or the server was started
 * anew. On another server the cursor would point to another place and silently skip or repeat keys,
 * so it was not used. Begin again with cursor 0.
 */
public class CursorLostException extends JedisConnectionException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message command, node and why the cursor is lost
   * @param cause the I/O failure, {@code null} if there was none
   */
  public CursorLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
