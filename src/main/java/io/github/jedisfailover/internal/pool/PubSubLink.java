package io.github.jedisfailover.internal.pool;

import java.util.concurrent.locks.ReentrantLock;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.RedisProtocol;

/**
 * A connection for a subscription, which may be silent for hours: whoever reads is told of each
 * silence and can ask whether the other end is still there. One thread reads; senders take turns.
 */
public final class PubSubLink implements AutoCloseable {
  private final NodeConnection connection;
  private final Runnable onClose;
  private final ReentrantLock sending = new ReentrantLock();

  PubSubLink(NodeConnection connection, Runnable onClose) {
    this.connection = connection;
    this.onClose = onClose;
  }

  public RedisProtocol protocol() {
    return connection.getRedisProtocol();
  }

  /**
   * @param action runs in the reading thread after so long without a byte, and again; throws to
   *     give up
   */
  public void onSilence(int millis, Runnable action) {
    connection.setSoTimeout(millis);
    connection.onSilence(action);
  }

  public void send(CommandArguments command) {
    sending.lock();
    try {
      connection.send(command);
    } finally {
      sending.unlock();
    }
  }

  /** The next reply or message. */
  public Object read() {
    return connection.getUnflushedObject();
  }

  /** Once. Not to be lent again: messages may be under way to it. */
  @Override
  public void close() {
    onClose.run();
    connection.setBroken();
    connection.close();
  }
}
