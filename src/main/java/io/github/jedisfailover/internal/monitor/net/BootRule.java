package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.InfoReport;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which of the seeds is the master, from their own words; pure. */
public final class BootRule {
  private BootRule() {}

  /**
   * The outcome.
   *
   * @param master {@code null} if it cannot be told
   * @param reason what to tell people
   */
  public record Decision(NodeAddress master, String reason) {}

  /**
   * @param answers INFO of the seeds that answered
   */
  public static Decision decide(Map<NodeAddress, InfoReport> answers) {
    if (answers.isEmpty()) {
      return new Decision(null, "no seed node answers");
    }
    Map<NodeAddress, InfoReport> sorted = new TreeMap<>(answers);
    List<NodeAddress> masters =
        sorted.keySet().stream().filter(a -> sorted.get(a).master()).toList();
    if (masters.size() == 1) {
      return new Decision(masters.get(0), "the only seed with role master");
    }
    return masters.isEmpty() ? fromReplicas(sorted) : fromSeveral(masters, sorted);
  }

  private static Decision fromSeveral(
      List<NodeAddress> masters, Map<NodeAddress, InfoReport> answers) {
    Map<NodeAddress, Integer> followers = new HashMap<>();
    for (NodeAddress master : masters) {
      long count =
          answers.entrySet().stream()
              .filter(e -> !e.getValue().master())
              .filter(e -> follows(e.getKey(), e.getValue(), master, answers.get(master)))
              .count();
      followers.put(master, (int) count);
    }
    return most(
        followers,
        "most replicas follow it",
        "several seeds say role master and none has more replicas than the others: "
            + masters
            + ". Make all but one of them replicas (REPLICAOF)");
  }

  /** By either side's word: seeds may be named by host name where nodes use addresses. */
  private static boolean follows(
      NodeAddress replica, InfoReport words, NodeAddress master, InfoReport mastersWords) {
    return master.equals(words.masterAddress()) || mastersWords.replicas().contains(replica);
  }

  private static Decision fromReplicas(Map<NodeAddress, InfoReport> answers) {
    Map<NodeAddress, Integer> named = new HashMap<>();
    for (InfoReport words : answers.values()) {
      if (words.masterAddress() != null) {
        named.merge(words.masterAddress(), 1, Integer::sum);
      }
    }
    return most(
        named,
        "most replicas name it",
        "no seed says role master and the replicas name different ones: " + named.keySet());
  }

  private static Decision most(Map<NodeAddress, Integer> votes, String why, String whyNot) {
    int best = votes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    List<NodeAddress> winners = votes.keySet().stream().filter(a -> votes.get(a) == best).toList();
    return winners.size() == 1 ? new Decision(winners.get(0), why) : new Decision(null, whyNot);
  }
}
