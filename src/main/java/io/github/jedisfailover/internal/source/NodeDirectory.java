package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/** The nodes of a group as the first Sentinel that answers lists them, master first. */
public final class NodeDirectory {
  private static final Logger log = LoggerFactory.getLogger(NodeDirectory.class);
  private static final int MOST = 100;

  private NodeDirectory() {}

  /**
   * Only to learn from one of them what protocol they speak: nobody is believed who the master is.
   *
   * @param limitMillis no further Sentinel is asked after this time
   * @return at most 100; empty if none answers
   */
  public static List<NodeAddress> ask(
      Voters voters, String masterName, long limitMillis, MonotonicClock clock) {
    long end = clock.millis() + limitMillis;
    for (NodeAddress voter : voters.addresses()) {
      if (clock.millis() >= end) {
        break;
      }
      Optional<VoterAnswer> answer = ask(voter, voters.access(masterName));
      if (answer.isPresent()) {
        return nodes(answer.get());
      }
    }
    return List.of();
  }

  private static Optional<VoterAnswer> ask(NodeAddress voter, VoterAccess access) {
    VoterClient client = new VoterClient(voter, access);
    try {
      return client.ask();
    } catch (JedisException | IllegalArgumentException e) {
      log.debug("{} lists no nodes of {}: {}", voter, access.masterName(), e.getMessage());
      return Optional.empty();
    } finally {
      client.release();
    }
  }

  private static List<NodeAddress> nodes(VoterAnswer answer) {
    List<NodeAddress> nodes = new ArrayList<>(List.of(answer.master()));
    answer.replicas().stream()
        .map(VoterAnswer.Replica::address)
        .filter(a -> !nodes.contains(a))
        .limit(MOST - 1)
        .forEach(nodes::add);
    return nodes;
  }
}
