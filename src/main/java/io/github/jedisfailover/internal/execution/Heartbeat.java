package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.pool.PubSubLink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Asks a silent subscription whether the node is still there. Of the reading thread. */
final class Heartbeat {
  private static final byte[] WORD = "jedis-failover".getBytes(StandardCharsets.ISO_8859_1);

  private boolean asked;

  void reset() {
    asked = false;
  }

  /** After each silence; throws if the node is none to listen to any more. */
  void silence(PubSubLink link, boolean routed) {
    if (!routed) {
      throw new JedisConnectionException("the node is not one to subscribe to any more");
    }
    if (asked) {
      throw new JedisConnectionException("no answer to PING");
    }
    asked = true;
    link.send(new CommandArguments(Protocol.Command.PING).add(WORD));
  }

  /** RESP2 answers a subscriber with a list, RESP3 with the word. */
  boolean isPong(Object reply) {
    boolean pong =
        reply instanceof byte[] word && Arrays.equals(word, WORD)
            || reply instanceof List<?> parts
                && parts.size() == 2
                && parts.get(1) instanceof byte[] echo
                && Arrays.equals(echo, WORD);
    asked = false; // any word is a sign of life
    return pong;
  }

  /** An error may be the answer to our question: a user who may not PING. */
  boolean isRefused() {
    boolean was = asked;
    asked = false;
    return was;
  }
}
