package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.BriefTalks;
import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.internal.monitor.net.LinkConfig;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Asks nodes and gives them orders, over a connection for each. Thread-safe. */
final class NodeOrders {
  private static final Logger log = LoggerFactory.getLogger(NodeOrders.class);
  private final BriefTalks talks;

  /**
   * @param name shown in the node's CLIENT LIST
   * @param millis how long connecting may take, and a reply
   */
  NodeOrders(JedisClientConfig user, String name, int millis) {
    talks = new BriefTalks(new LinkConfig(user, name, millis, millis));
  }

  /** Empty if it does not answer, or only with an error. */
  Optional<NodeWord> ask(NodeAddress node) {
    try {
      return Optional.of(NodeWord.parse(order(node, Command.INFO)));
    } catch (JedisException e) {
      log.debug("{} says nothing of itself: {}", node, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * @throws JedisException if it cannot be told or refuses
   */
  void replicaOf(NodeAddress node, NodeAddress master) {
    talks.ask(
        node,
        c -> {
          send(c, Command.REPLICAOF, master.host(), Integer.toString(master.port()));
          return kept(c, node);
        });
  }

  /**
   * @throws JedisException if it cannot be told or refuses
   */
  void promote(NodeAddress node) {
    talks.ask(
        node,
        c -> {
          send(c, Command.REPLICAOF, "NO", "ONE");
          return kept(c, node);
        });
  }

  /** Without a config file it is not kept over a restart, and that is no failure. */
  private static boolean kept(Connection connection, NodeAddress node) {
    try {
      send(connection, Command.CONFIG, "REWRITE");
      return true;
    } catch (JedisDataException e) {
      log.debug("{} does not rewrite its config file: {}", node, e.getMessage());
      return false;
    }
  }

  /**
   * @throws JedisException if it cannot be told or refuses
   */
  void pauseWrites(NodeAddress node, long millis) {
    order(node, Command.CLIENT, "PAUSE", Long.toString(millis), "WRITE");
  }

  /** The pause ends by itself if this fails. */
  void unpause(NodeAddress node) {
    try {
      order(node, Command.CLIENT, "UNPAUSE");
    } catch (JedisException e) {
      log.debug("{} does not end its pause now: {}", node, e.getMessage());
    }
  }

  private String order(NodeAddress node, ProtocolCommand command, String... arguments) {
    return talks.ask(node, c -> send(c, command, arguments));
  }

  private static String send(Connection connection, ProtocolCommand command, String... arguments) {
    connection.sendCommand(command, arguments);
    return Connections.text(connection.getOne());
  }

  void close() {
    talks.close();
  }
}
