package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.BriefTalks;
import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Gives an order to the first voter that can be reached. Thread-safe. */
final class VoterOrders {
  private static final int TIMEOUT_MILLIS = 1_000;

  private final List<NodeAddress> voters;
  private final String masterName;
  private final BriefTalks talks;

  VoterOrders(List<NodeAddress> voters, String masterName, Optional<String> password) {
    this.voters = voters;
    this.masterName = masterName;
    this.talks = new BriefTalks(VoterClient.config("observer-order", TIMEOUT_MILLIS, password));
  }

  /** {@code SENTINEL FAILOVER}; a second voter that is asked about one under way says INPROG. */
  Optional<String> failover() {
    String reason = "";
    for (NodeAddress voter : voters) {
      try {
        talks.ask(voter, this::order);
        return Optional.empty();
      } catch (JedisDataException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      } catch (JedisException e) {
        reason = voter + ": " + e.getMessage();
      }
    }
    return Optional.of("ERR no voter can be reached, the last was " + reason);
  }

  private String order(Connection connection) {
    connection.sendCommand(Command.SENTINEL, "FAILOVER", masterName);
    return Connections.text(connection.getOne());
  }

  void close() {
    talks.close();
  }
}
