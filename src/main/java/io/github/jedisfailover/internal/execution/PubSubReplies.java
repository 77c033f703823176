package io.github.jedisfailover.internal.execution;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;

/**
 * Replies to what a subscriber sends besides its subscriptions. With RESP3 they are bare words, for
 * which Jedis' listener makes a place in a queue only after it has sent: a quick reply finds none
 * and ends the subscription. Here a PING is answered in the form of RESP2, which needs no place.
 */
final class PubSubReplies {
  private PubSubReplies() {}

  /** Whether a reply of its own will come. */
  static boolean isAwaited(CommandArguments command) {
    return command.getCommand() == Protocol.Command.PING
        || command.getCommand() == Protocol.Command.AUTH;
  }

  /** What the listener is told of it when it succeeds; nothing of a token that was renewed. */
  static Optional<Object> toldOf(CommandArguments command, RedisProtocol protocol) {
    if (command.getCommand() != Protocol.Command.PING) {
      return Optional.empty();
    }
    byte[] nothing = protocol == RedisProtocol.RESP3 ? null : new byte[0];
    byte[] word = command.size() > 1 ? command.get(1).getRaw() : nothing;
    return Optional.of(Arrays.asList(bytes("pong"), word));
  }

  static boolean isAnswer(Object reply) {
    return reply instanceof byte[]
        || reply instanceof List<?> parts
            && parts.get(0) instanceof byte[] word
            && Arrays.equals(word, bytes("pong"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
