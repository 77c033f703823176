package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;

/**
 * Connections for one question each. Closing cuts those that are open, even in their handshake, and
 * lets no later one open. Thread-safe.
 */
public final class BriefTalks implements AutoCloseable {
  private final JedisClientConfig config;
  private final Set<LinkSocket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public BriefTalks(JedisClientConfig config) {
    this.config = config;
  }

  /**
   * Connects, asks and disconnects.
   *
   * @throws redis.clients.jedis.exceptions.JedisException if one of them fails, or once closed
   */
  public <T> T ask(NodeAddress node, Function<Connection, T> question) {
    LinkSocket socket = new LinkSocket(node, config);
    open.add(socket);
    if (closed) {
      socket.cut(); // lost a race with closing
    }
    try (Connection connection = socket.connect()) {
      return question.apply(connection);
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(LinkSocket::cut);
  }
}
