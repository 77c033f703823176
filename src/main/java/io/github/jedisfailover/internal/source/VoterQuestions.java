package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.internal.monitor.net.InstanceFields;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What a voter is asked about a group, and what its replies say. Address and epoch are two
 * questions: a switch between them must not mix old and new. All go out at once, so that an answer
 * costs one turn of the network.
 */
final class VoterQuestions {
  /** How often to ask when a switch came between. */
  static final int ATTEMPTS = 3;

  private static final List<String> QUESTIONS =
      List.of("GET-MASTER-ADDR-BY-NAME", "MASTER", "REPLICAS", "GET-MASTER-ADDR-BY-NAME");

  /** Replies that are to be read after {@link #send}. */
  static final int REPLIES = QUESTIONS.size();

  private VoterQuestions() {}

  static void send(Connection connection, String masterName) {
    QUESTIONS.forEach(q -> connection.sendCommand(Command.SENTINEL, q, masterName));
  }

  /** Whether a switch came between the questions. */
  static boolean torn(List<Object> replies) {
    return !address(replies.get(0)).equals(address(replies.get(3)));
  }

  /** Empty if the voter does not know the group (yet). */
  static Optional<VoterAnswer> answer(NodeAddress voter, List<Object> replies) {
    Optional<NodeAddress> current = address(replies.get(0));
    if (torn(replies) || !(replies.get(1) instanceof List<?> master)) {
      return Optional.empty(); // an error reply: no such master
    }
    return current.map(
        c -> answer(voter, c, new InstanceFields(master), replicas(c, replies.get(2))));
  }

  /** Why there is no answer, in the voter's words: a wrong password, an unknown group. */
  static String refusal(List<Object> replies) {
    return replies.stream()
        .filter(JedisDataException.class::isInstance)
        .map(e -> ((JedisDataException) e).getMessage())
        .findFirst()
        .orElse("a switch is under way");
  }

  private static VoterAnswer answer(
      NodeAddress voter,
      NodeAddress current,
      InstanceFields master,
      List<VoterAnswer.Replica> replicas) {
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
}
