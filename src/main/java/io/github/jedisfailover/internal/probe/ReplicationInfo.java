package io.github.jedisfailover.internal.probe;

import io.github.jedisfailover.internal.lag.Progress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** Asks a node for its place in the replication. */
public final class ReplicationInfo {
  private ReplicationInfo() {}

  /**
   * @return empty if the answer cannot be understood
   * @throws JedisException if there is no answer, or an error
   */
  public static Optional<Progress> ask(Connection connection) {
    Object reply = connection.executeCommand(new CommandArguments(Command.INFO).add("replication"));
    return reply instanceof byte[] text
        ? Progress.parse(new String(text, StandardCharsets.UTF_8))
        : Optional.empty();
  }
}
