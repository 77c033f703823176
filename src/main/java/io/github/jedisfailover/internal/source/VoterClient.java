package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.internal.monitor.net.InstanceFields;
import io.github.jedisfailover.internal.monitor.net.LinkSocket;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Asks one voter about one group. The connection is kept until it is released. Used by one thread.
 */
final class VoterClient {
  private static final int ATTEMPTS = 3;
  private static final List<String> QUESTIONS =
      List.of("GET-MASTER-ADDR-BY-NAME", "MASTER", "REPLICAS", "GET-MASTER-ADDR-BY-NAME");

  private final NodeAddress voter;
  private final String masterName;
  private final LinkSocket socket;
  private Connection connection;

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
      return Optional.empty(); // refused, for example without the password
    } catch (JedisException e) {
      disconnect();
      throw e;
    }
  }

  /**
   * Address and epoch are two questions: a switch between them must not mix old and new. All go out
   * at once, so that an answer costs one turn of the network.
   */
  private Optional<VoterAnswer> consistentAnswer() {
    for (int i = 0; i < ATTEMPTS; i++) {
      QUESTIONS.forEach(q -> connection.sendCommand(Command.SENTINEL, q, masterName));
      List<Object> replies = connection.getMany(QUESTIONS.size());
      Optional<NodeAddress> before = address(replies.get(0));
      if (before.isEmpty() || !(replies.get(1) instanceof List<?> master)) {
        return Optional.empty(); // or an error reply: no such master
      }
      if (before.equals(address(replies.get(3)))) {
        List<VoterAnswer.Replica> replicas = replicas(before.get(), replies.get(2));
        return Optional.of(answer(before.get(), new InstanceFields(master), replicas));
      }
    }
    return Optional.empty();
  }

  private VoterAnswer answer(
      NodeAddress current, InstanceFields master, List<VoterAnswer.Replica> replicas) {
    boolean sameNode = master.address().map(current::equals).orElse(false);
    return new VoterAnswer(
        voter,
        Long.parseLong(master.get("config-epoch", "0")),
        current,
        // during a failover the flags still speak of the old master
        sameNode && master.hasFlag("s_down"),
        replicas);
  }

  private static Optional<NodeAddress> address(Object reply) {
    if (reply instanceof List<?> pair && pair.size() == 2) {
      return Optional.of(
          new NodeAddress(
              Connections.text(pair.get(0)), Integer.parseInt(Connections.text(pair.get(1)))));
    }
    return Optional.empty();
  }

  private static List<VoterAnswer.Replica> replicas(NodeAddress current, Object reply) {
    List<VoterAnswer.Replica> replicas = new ArrayList<>();
    for (InstanceFields fields : InstanceFields.all(reply)) {
      fields
          .address()
          .filter(a -> !a.equals(current))
          .ifPresent(a -> replicas.add(replica(a, fields)));
    }
    return replicas;
  }

  private static VoterAnswer.Replica replica(NodeAddress address, InstanceFields fields) {
    boolean reachable = !fields.hasFlag("s_down") && !fields.hasFlag("disconnected");
    return new VoterAnswer.Replica(
        address,
        reachable,
        "ok".equals(fields.get("master-link-status", "")),
        fields.address("master-host", "master-port").orElse(null));
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
