package io.github.jedisfailover.internal.doctor;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is there, and as what. */
final class TopologyRules {
  private TopologyRules() {}

  static Stream<Finding> of(Facts facts) {
    return Stream.of(silent(facts), masters(facts), candidates(facts), watchers(facts))
        .flatMap(s -> s);
  }

  private static Stream<Finding> silent(Facts facts) {
    return facts.nodes().stream()
        .filter(n -> !n.answered())
        .map(
            n ->
                aliveForOthers(facts, n.address())
                    ? unreachable(facts, n)
                    : Finding.at(
                        Rule.NODE_SILENT,
                        List.of(n.address()),
                        "does not answer: " + n.problem(),
                        "start it or let it be reached; if it only refuses the login, name"
                            + " another user or password"));
  }

  private static Finding unreachable(Facts facts, NodeFacts node) {
    return Finding.at(
        Rule.ADDRESS_UNREACHABLE,
        List.of(node.address()),
        "is announced and alive for others, but cannot be reached from here ("
            + node.problem()
            + ")"
            + alias(facts, node).map(a -> "; it is the node that answers at " + a).orElse("")
            + ": clients here cannot follow a failover to it",
        "set replica-announce-ip and replica-announce-port (of a monitor: sentinel announce-ip and"
            + " announce-port) to what all can dial, or give clients an addressMap. If it died just"
            + " now, look again in a moment");
  }

  /** A monitor, its master or a replica of it says that it is there. */
  private static boolean aliveForOthers(Facts facts, NodeAddress node) {
    boolean seen = instances(facts, node).anyMatch(MonitorFacts::up);
    boolean copies =
        facts.answering().stream()
            .flatMap(n -> n.followers().stream())
            .anyMatch(f -> f.address().equals(node) && f.state().equals("online"));
    boolean copied =
        facts.replicas().stream().anyMatch(r -> r.linkUp() && r.of().equals(Optional.of(node)));
    return seen || copies || copied;
  }

  private static Stream<Map<String, String>> instances(Facts facts, NodeAddress node) {
    return facts.watching().stream()
        .flatMap(m -> Stream.concat(Stream.of(m.master()), m.replicas().stream()))
        .filter(i -> MonitorFacts.address(i).equals(Optional.of(node)));
  }

  private static Optional<NodeAddress> alias(Facts facts, NodeFacts node) {
    List<String> ids =
        instances(facts, node.address()).map(i -> i.getOrDefault("runid", "")).toList();
    return facts.answering().stream()
        .filter(n -> ids.contains(n.info("run_id")))
        .map(NodeFacts::address)
        .findFirst();
  }

  private static Stream<Finding> masters(Facts facts) {
    List<NodeFacts> masters = facts.masters();
    if (masters.isEmpty()) {
      return Stream.of(
          Finding.at(
              Rule.NO_MASTER,
              facts.nodes().stream().map(NodeFacts::address).toList(),
              "no node that answers says that it is a master: nobody takes writes",
              "if monitors are at work wait for their failover; else promote a replica"
                  + " (command promote)"));
    }
    if (masters.size() == 1) {
      return Stream.empty();
    }
    return Stream.of(
        Finding.at(
            Rule.SEVERAL_MASTERS,
            masters.stream().map(NodeFacts::address).toList(),
            "say that they are masters"
                + facts.master().map(m -> "; the group's is " + m.address()).orElse("")
                + ": what is written to another one is lost when it is demoted",
            "find out which has the data, then REPLICAOF <host> <port> on the others"));
  }

  private static Stream<Finding> candidates(Facts facts) {
    if (facts.masters().isEmpty()) {
      return Stream.empty();
    }
    List<NodeFacts> replicas = facts.replicas();
    List<NodeAddress> master = facts.master().map(NodeFacts::address).stream().toList();
    boolean none = facts.nodes().size() == facts.masters().size();
    if (none) {
      return Stream.of(
          Finding.at(
              Rule.NO_REPLICA,
              master,
              "has no replica: when it dies there is nobody to take over",
              "start a second server with replicaof <host> <port> of this one"));
    }
    boolean noCandidate =
        !replicas.isEmpty()
            && replicas.stream().allMatch(r -> r.info("slave_priority").equals("0"));
    return noCandidate
        ? Stream.of(
            Finding.at(
                Rule.NO_CANDIDATE,
                replicas.stream().map(NodeFacts::address).toList(),
                "all have replica-priority 0: none may be promoted, no failover can happen",
                "CONFIG SET replica-priority 100 on those that may become the master"))
        : Stream.empty();
  }

  private static Stream<Finding> watchers(Facts facts) {
    Optional<NodeFacts> master = facts.master();
    if (!facts.monitors().isEmpty()
        || master.isEmpty()
        || master.get().access().watchers().isEmpty()) {
      return Stream.empty();
    }
    long watchers = master.get().access().watchers().getAsLong();
    List<NodeAddress> where = List.of(master.get().address());
    return Stream.of(
        watchers == 0
            ? Finding.at(
                Rule.UNMONITORED,
                where,
                "is watched by no monitor: when it dies nobody promotes a replica",
                "run three monitors (or Sentinels) on three hosts, or be ready to promote by hand")
            : Finding.at(
                Rule.MONITORS_UNSEEN,
                where,
                "is watched by " + watchers + " monitors that were not checked",
                "name them with --sentinels"));
  }
}
