package io.github.jedisfailover.internal.execution;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;

/**
 * Replies for which Jedis' listener keeps a place in a queue: if they are lost it gets out of step.
 */
final class PubSubReplies {
  private PubSubReplies() {}

  /** The reply that this command will get on a connection in order, {@code null} for no such. */
  static Object queued(CommandArguments command, RedisProtocol protocol) {
    if (command.getCommand() == Protocol.Command.AUTH) {
      return bytes("OK");
    }
    if (command.getCommand() != Protocol.Command.PING) {
      return null;
    }
    byte[] word = command.size() > 1 ? command.get(1).getRaw() : null;
    return protocol == RedisProtocol.RESP3
        ? word == null ? bytes("PONG") : word
        : Arrays.asList(bytes("pong"), word == null ? new byte[0] : word);
  }

  static boolean answersQueued(Object reply) {
    return reply instanceof byte[]
        || reply instanceof List<?> parts
            && parts.get(0) instanceof byte[] word
            && Arrays.equals(word, bytes("pong"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
