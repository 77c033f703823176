package io.github.jedisfailover.internal.monitor.net;

import java.nio.charset.StandardCharsets;
import redis.clients.jedis.Connection;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** What all links and voter clients do with a Jedis connection. */
public final class Connections {
  private Connections() {}

  /** The text of the reply. */
  public static String text(Object reply) {
    return reply instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(reply);
  }

  static String ask(Connection connection, ProtocolCommand command, String... arguments) {
    connection.sendCommand(command, arguments);
    return text(connection.getOne());
  }

  /** PING; an error reply is an answer too. */
  static String ping(Connection connection, ProtocolCommand ping) {
    try {
      return ask(connection, ping);
    } catch (JedisDataException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The deepest message: Jedis wraps the socket's own words several times. */
  public static String reason(JedisException e) {
    Throwable deepest = e;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    if (deepest.getCause() == null && deepest.getSuppressed().length > 0) {
      deepest = deepest.getSuppressed()[0];
    }
    return String.valueOf(deepest.getMessage());
  }

  /** A failure to close is the end that is wanted. */
  public static void close(Connection connection) {
    try {
      connection.close();
    } catch (JedisException e) {
      // the socket was broken already
    }
  }
}
