package io.github.jedisfailover.exceptions;

import redis.clients.jedis.exceptions.JedisException;

/**
 * A planned switchover or a promotion by hand was refused or given up. The message holds the reason
 * with its code: {@code INPROG}, {@code NOGOODSLAVE}, {@code ABORTED} with the event that ended it,
 * or {@code ERR}. After {@code ABORTED} the old master is still the master and takes writes.
 */
public class SwitchoverFailedException extends JedisException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the group and the reason
   */
  public SwitchoverFailedException(String message) {
    super(message);
  }
}
