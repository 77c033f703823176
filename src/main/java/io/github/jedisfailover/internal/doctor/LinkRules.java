package io.github.jedisfailover.internal.doctor;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who copies whom, and how well. */
final class LinkRules {
  private static final long LAG_SECONDS = 10;

  private LinkRules() {}

  static Stream<Finding> of(Facts facts) {
    return facts.replicas().stream()
        .flatMap(r -> Stream.of(down(r), follows(facts, r), lag(facts, r)))
        .flatMap(Optional::stream);
  }

  private static Optional<Finding> down(NodeFacts replica) {
    if (replica.linkUp()) {
      return Optional.empty();
    }
    boolean syncing = "1".equals(replica.info("master_sync_in_progress"));
    String of = replica.of().map(NodeAddress::toString).orElse("?");
    return Optional.of(
        Finding.at(
            Rule.LINK_DOWN,
            List.of(replica.address()),
            syncing
                ? "is taking its first copy from " + of + ", and is no help until it has it"
                : "has no connection to its master "
                    + of
                    + " for "
                    + replica.info("master_link_down_since_seconds")
                    + " s: what is written now is on one node less",
            syncing
                ? "wait; if it begins again and again look at client-output-buffer-limit replica"
                    + " and repl-timeout"
                : "look into its log; masterauth, the network, and the version are the usual"
                    + " causes"));
  }

  private static Optional<Finding> follows(Facts facts, NodeFacts replica) {
    Optional<NodeFacts> master = facts.master();
    Optional<NodeAddress> of = replica.of();
    if (master.isEmpty() || of.isEmpty() || isAt(facts, master.get(), of.get())) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.at(
            Rule.REPLICA_OF_OTHER,
            List.of(replica.address()),
            "follows "
                + of.get()
                + ", not the master "
                + master.get().address()
                + ": it lags by one node more, and monitors do not count on it",
            "REPLICAOF "
                + master.get().address().host()
                + " "
                + master.get().address().port()
                + " on it"));
  }

  /** By its own address, or by another of which we know only that it leads to no other node. */
  private static boolean isAt(Facts facts, NodeFacts master, NodeAddress address) {
    return master.address().equals(address)
        || facts.answering().stream().noneMatch(n -> n.address().equals(address));
  }

  private static Optional<Finding> lag(Facts facts, NodeFacts replica) {
    if (!replica.linkUp() || facts.master().isEmpty()) {
      return Optional.empty();
    }
    long seconds = facts.lagSeconds(replica).orElse(0);
    long bytes = facts.lagBytes(replica).orElse(0);
    boolean overBacklog = bytes > facts.master().get().backlog().orElse(Long.MAX_VALUE);
    if (seconds <= LAG_SECONDS && !overBacklog) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.at(
            Rule.REPLICA_LAGGING,
            List.of(replica.address()),
            "is "
                + bytes
                + " bytes behind, its last word is "
                + seconds
                + " s old: a failover to"
                + " it would lose that",
            "look for a slow disk, a slow command or a full network on it"));
  }
}
