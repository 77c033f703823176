package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.internal.monitor.net.LinkConfig;
import io.github.jedisfailover.internal.monitor.net.LinkSocket;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** Asks a node itself what it is. Used by one thread. */
final class RoleCheck {
  private static final int TIMEOUT_MILLIS = 1_000;

  /** The node's own word. */
  enum Role {
    MASTER,
    OTHER,
    UNREACHABLE
  }

  private final JedisClientConfig config;
  private final AtomicReference<LinkSocket> open = new AtomicReference<>();
  private volatile boolean closed;

  RoleCheck(JedisClientConfig user) {
    this.config = new LinkConfig(user, "observer", TIMEOUT_MILLIS, TIMEOUT_MILLIS);
  }

  Role of(NodeAddress node) {
    LinkSocket socket = new LinkSocket(node, config);
    open.set(socket);
    if (closed) {
      socket.cut();
    }
    try (Connection connection = socket.connect()) {
      connection.sendCommand(Command.ROLE);
      boolean master =
          connection.getOne() instanceof List<?> reply
              && !reply.isEmpty()
              && "master".equals(Connections.text(reply.get(0)));
      return master ? Role.MASTER : Role.OTHER;
    } catch (JedisException e) {
      return Role.UNREACHABLE;
    } finally {
      open.set(null);
    }
  }

  void close() {
    closed = true;
    LinkSocket socket = open.get();
    if (socket != null) {
      socket.cut();
    }
  }
}
