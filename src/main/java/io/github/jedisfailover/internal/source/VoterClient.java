package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.internal.monitor.net.LinkSocket;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Asks one voter about one group. The connection is kept until it is released. Used by one thread.
 */
final class VoterClient {
  private final NodeAddress voter;
  private final String masterName;
  private final LinkSocket socket;
  private Connection connection;
  private String refusal = "";

  VoterClient(NodeAddress voter, VoterAccess access) {
    this.voter = voter;
    this.masterName = access.masterName();
    this.socket = access.socket(voter, "observer", VoterAccess.TIMEOUT_MILLIS);
  }

  NodeAddress voter() {
    return voter;
  }

  /**
   * The voter's answer; empty if it does not know the group (yet).
   *
   * @throws JedisException if it cannot be reached
   */
  Optional<VoterAnswer> ask() {
    try {
      if (connection == null) {
        connection = socket.connect();
      }
      return consistentAnswer();
    } catch (JedisDataException e) {
      refusal = e.getMessage(); // for example a wrong password
      return Optional.empty();
    } catch (JedisException e) {
      disconnect();
      throw e;
    }
  }

  private Optional<VoterAnswer> consistentAnswer() {
    for (int i = 0; i < VoterQuestions.ATTEMPTS; i++) {
      VoterQuestions.send(connection, masterName);
      List<Object> replies = connection.getMany(VoterQuestions.REPLIES);
      if (!VoterQuestions.torn(replies)) {
        refusal = VoterQuestions.refusal(replies);
        return VoterQuestions.answer(voter, replies);
      }
    }
    return Optional.empty();
  }

  /** Why the last answer was empty. */
  String refusal() {
    return refusal;
  }

  /** Ends the connection; the next question opens another. */
  void release() {
    disconnect();
  }

  private void disconnect() {
    Connection broken = connection;
    connection = null;
    if (broken != null) {
      Connections.close(broken);
    }
  }

  /** From any thread: wakes and ends a question under way. */
  void close() {
    socket.cut();
  }
}
