package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.internal.monitor.net.LinkSocket;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A connection that hears a voter's events and can ask it in between: a switch makes hundreds of
 * observers ask at once, and a new connection each would be what costs most. Used by one thread.
 */
final class Subscription {
  private final NodeAddress voter;
  private final VoterAccess access;
  private final int silenceMillis;
  private final LinkSocket socket;
  private final Deque<Object> unread = new ArrayDeque<>();
  private Connection connection;

  /**
   * @param silenceMillis longest wait for an event
   */
  Subscription(NodeAddress voter, VoterAccess access, int silenceMillis) {
    this.voter = voter;
    this.access = access;
    this.silenceMillis = silenceMillis;
    this.socket = access.socket(voter, "observer-events", VoterAccess.TIMEOUT_MILLIS);
  }

  NodeAddress voter() {
    return voter;
  }

  /** Connects, and returns when events are heard. */
  void open() {
    connection = socket.connect();
    connection.sendCommand(Command.SUBSCRIBE, VoterEvent.channels());
    connection.getMany(VoterEvent.channels().length);
    connection.setSoTimeout(silenceMillis);
  }

  /**
   * Waits for the next message; empty if it is not about the group.
   *
   * @throws JedisException if the connection is lost, or silent for too long
   */
  Optional<VoterEvent> next() {
    Object message = unread.isEmpty() ? connection.getUnflushedObject() : unread.remove();
    if (message instanceof List<?> words && words.size() == 3) {
      return VoterEvent.of(Connections.text(words.get(1)), Connections.text(words.get(2)))
          .filter(e -> e.group().equals(access.masterName()));
    }
    return Optional.empty();
  }

  /**
   * The voter's answer; empty if it does not know the group. What it announces between the
   * questions and the new subscription is not heard: ask again a little later.
   *
   * @throws JedisException if the connection is lost
   */
  Optional<VoterAnswer> ask() {
    connection.setSoTimeout(VoterAccess.TIMEOUT_MILLIS);
    List<Object> replies = question();
    for (int i = 1; i < VoterQuestions.ATTEMPTS && VoterQuestions.torn(replies); i++) {
      replies = question();
    }
    connection.setSoTimeout(silenceMillis);
    return VoterQuestions.answer(voter, replies);
  }

  /** A subscriber may ask nothing in RESP2, so it stops being one, in a single write. */
  private List<Object> question() {
    connection.sendCommand(Command.UNSUBSCRIBE);
    VoterQuestions.send(connection, access.masterName());
    connection.sendCommand(Command.SUBSCRIBE, VoterEvent.channels());
    Object message = connection.getOne();
    while (!endsSubscription(message)) {
      if (!isConfirmation(message)) {
        unread.add(message);
      }
      message = connection.getOne();
    }
    List<Object> replies = connection.getMany(VoterQuestions.REPLIES);
    connection.getMany(VoterEvent.channels().length);
    return replies;
  }

  private static boolean endsSubscription(Object message) {
    return isConfirmation(message) && Long.valueOf(0).equals(((List<?>) message).get(2));
  }

  private static boolean isConfirmation(Object message) {
    return message instanceof List<?> words
        && words.size() == 3
        && "unsubscribe".equals(Connections.text(words.get(0)));
  }

  /** From any thread: wakes and ends what is under way, and lets no later connect succeed. */
  void cut() {
    socket.cut();
  }

  void close() {
    if (connection != null) {
      Connections.close(connection);
    }
  }
}
