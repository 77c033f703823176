package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.BriefTalks;
import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.internal.monitor.net.LinkConfig;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** Asks a node itself what it is. Thread-safe. */
final class RoleCheck {
  private static final int TIMEOUT_MILLIS = 1_000;

  /** The node's own word. */
  enum Role {
    MASTER,
    OTHER,
    UNREACHABLE
  }

  private final BriefTalks talks;

  RoleCheck(JedisClientConfig user) {
    talks = new BriefTalks(new LinkConfig(user, "observer", TIMEOUT_MILLIS, TIMEOUT_MILLIS));
  }

  Role of(NodeAddress node) {
    try {
      return talks.ask(node, RoleCheck::ask);
    } catch (JedisException e) {
      return Role.UNREACHABLE;
    }
  }

  private static Role ask(Connection connection) {
    connection.sendCommand(Command.ROLE);
    boolean master =
        connection.getOne() instanceof List<?> reply
            && !reply.isEmpty()
            && "master".equals(Connections.text(reply.get(0)));
    return master ? Role.MASTER : Role.OTHER;
  }

  void close() {
    talks.close();
  }
}
