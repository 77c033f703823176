package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.BriefTalks;
import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Gives an order to the first voter that can be reached. Thread-safe. */
final class VoterOrders {
  private static final String UNKNOWN = "ERR unknown subcommand";

  private final List<NodeAddress> voters;
  private final VoterAccess access;
  private final BriefTalks talks;

  VoterOrders(List<NodeAddress> voters, VoterAccess access) {
    this.voters = voters;
    this.access = access;
    this.talks = new BriefTalks(access.config("observer-order", VoterAccess.TIMEOUT_MILLIS));
  }

  /**
   * {@code SENTINEL SWITCHOVER}; to the best replica by {@code SENTINEL FAILOVER} if the voter is a
   * Sentinel, which does not know the former. A second voter that is asked about one under way says
   * INPROG.
   *
   * @param to the replica to promote; empty for the best one
   * @param limit how long the voter may take
   * @return why it is not done; empty if it was done or begun
   */
  Optional<String> switchover(Optional<NodeAddress> to, Duration limit) {
    String reason = "";
    for (NodeAddress voter : voters) {
      try {
        return talks.ask(voter, connection -> order(connection, voter, to, limit));
      } catch (JedisDataException e) {
        return Optional.of(String.valueOf(e.getMessage())); // refused at the log-in
      } catch (JedisException e) {
        reason = voter + ": " + e.getMessage();
      }
    }
    return Optional.of("ERR no voter can be reached, the last was " + reason);
  }

  private Optional<String> order(
      Connection connection, NodeAddress voter, Optional<NodeAddress> to, Duration limit) {
    List<String> words = new ArrayList<>(List.of("SWITCHOVER", access.masterName()));
    to.ifPresent(a -> words.addAll(List.of(a.host(), Integer.toString(a.port()))));
    // The reply comes when all is done.
    connection.setSoTimeout((int) limit.toMillis());
    Optional<String> refusal = ask(connection, voter, words);
    if (refusal.filter(r -> r.startsWith(UNKNOWN)).isEmpty()) {
      return refusal;
    }
    return to.isEmpty()
        ? ask(connection, voter, List.of("FAILOVER", access.masterName()))
        : Optional.of(
            "ERR voter "
                + voter
                + " takes no target: it is a Redis Sentinel or an older monitor, which promotes"
                + " the replica that it finds best; call switchover() without a target");
  }

  /** What was sent may have been done: another voter is not asked instead. */
  private static Optional<String> ask(
      Connection connection, NodeAddress voter, List<String> words) {
    try {
      connection.sendCommand(Command.SENTINEL, words.toArray(String[]::new));
      Connections.text(connection.getOne());
      return Optional.empty();
    } catch (JedisDataException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (JedisException e) {
      return Optional.of("ERR voter " + voter + " gave no answer: " + e.getMessage());
    }
  }

  void close() {
    talks.close();
  }
}
