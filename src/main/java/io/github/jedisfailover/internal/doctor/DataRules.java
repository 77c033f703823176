package io.github.jedisfailover.internal.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What becomes of the data. */
final class DataRules {
  private static final long MIB = 1L << 20;
  private static final long BACKLOG_SECONDS = 60;
  private static final long SMALLEST_BUFFER = 32 * MIB;
  private static final String MIN_REPLICAS = "min-replicas-to-write";

  private DataRules() {}

  static Stream<Finding> of(Facts facts) {
    return Stream.of(
            persistence(facts),
            failing(facts),
            minReplicas(facts),
            refused(facts),
            writable(facts),
            backlog(facts),
            buffers(facts))
        .flatMap(s -> s);
  }

  private static Stream<Finding> where(
      Facts facts, Predicate<NodeFacts> is, Rule rule, String what, String mend) {
    List<NodeFacts> nodes = facts.answering().stream().filter(is).toList();
    return nodes.isEmpty()
        ? Stream.empty()
        : Stream.of(Finding.at(rule, nodes.stream().map(NodeFacts::address).toList(), what, mend));
  }

  private static boolean forgets(NodeFacts node) {
    return node.setting("save").filter(String::isBlank).isPresent()
        && node.setting("appendonly").filter("no"::equals).isPresent();
  }

  private static Stream<Finding> persistence(Facts facts) {
    if (facts.masters().stream().noneMatch(DataRules::forgets)) {
      return Stream.empty();
    }
    return where(
        facts,
        DataRules::forgets,
        Rule.NO_PERSISTENCE,
        "keep nothing on disk (save \"\" and appendonly no): a master that is restarted before the"
            + " failover comes back empty, and its replicas copy the emptiness",
        "CONFIG SET appendonly yes on all nodes; or no automatic restart. Monitors of this library"
            + " replace a master that came back empty, Redis Sentinels do not");
  }

  private static Stream<Finding> failing(Facts facts) {
    return where(
        facts,
        n ->
            n.info("rdb_last_bgsave_status").equals("err")
                || n.info("aof_last_write_status").equals("err"),
        Rule.PERSISTENCE_FAILS,
        "could not write to disk the last time: a master then refuses writes with MISCONF, and a"
            + " restart loses data",
        "look into the server's log; a full disk and missing memory for the fork are the usual"
            + " causes");
  }

  private static Stream<Finding> minReplicas(Facts facts) {
    return where(
        facts,
        n -> n.numberSetting(MIN_REPLICAS).equals(OptionalLong.of(0)),
        Rule.MIN_REPLICAS_UNSET,
        "min-replicas-to-write is 0: a master that is cut off goes on acknowledging writes that"
            + " are thrown away when the cut heals",
        "CONFIG SET min-replicas-to-write 1 and min-replicas-max-lag 2 on all nodes, if there are"
            + " at least two replicas or writes may wait for the only one");
  }

  private static Stream<Finding> refused(Facts facts) {
    return facts.master().stream()
        .filter(
            m -> {
              OptionalLong good = NodeFacts.number(m.info("min_slaves_good_slaves"));
              return good.isPresent() && m.numberSetting(MIN_REPLICAS).orElse(0) > good.getAsLong();
            })
        .map(
            m ->
                Finding.at(
                    Rule.WRITES_REFUSED,
                    List.of(m.address()),
                    "refuses writes with NOREPLICAS: min-replicas-to-write is "
                        + m.numberSetting(MIN_REPLICAS).orElse(0)
                        + ", good replicas are "
                        + m.info("min_slaves_good_slaves"),
                    "bring replicas back; meanwhile CONFIG SET min-replicas-to-write lower if"
                        + " writes are worth more than copies"));
  }

  private static Stream<Finding> writable(Facts facts) {
    return where(
        facts,
        n -> n.setting("replica-read-only").filter("no"::equals).isPresent(),
        Rule.REPLICA_WRITABLE,
        "take writes as replicas (replica-read-only no): what a client writes there by mistake is"
            + " on that node only and vanishes at its next full copy",
        "CONFIG SET replica-read-only yes");
  }

  private static Stream<Finding> backlog(Facts facts) {
    long rate = facts.bytesPerSecond().orElse(0);
    long wanted = Math.max(MIB + 1, rate * BACKLOG_SECONDS);
    long mend = Math.max(64 * MIB, Long.highestOneBit(Math.max(1, wanted - 1)) * 2);
    return where(
        facts,
        n -> n.backlog().orElse(wanted) < wanted,
        Rule.BACKLOG_SMALL,
        "repl-backlog-size holds "
            + (rate > 0
                ? "less than a minute of writes (now " + rate + " bytes/s) or is the default"
                : "1 MiB or less")
            + ": a replica that was away for a moment, or follows a new master, copies everything"
            + " again",
        "CONFIG SET repl-backlog-size " + mend + " on all nodes");
  }

  private static Stream<Finding> buffers(Facts facts) {
    return where(
        facts,
        n -> {
          List<Long> limits = replicaLimits(n);
          return limits.stream().limit(2).anyMatch(l -> l > 0 && l < SMALLEST_BUFFER)
              || limits.stream().limit(1).anyMatch(l -> l > 0 && l < n.backlog().orElse(0));
        },
        Rule.OUTPUT_BUFFER_SMALL,
        "client-output-buffer-limit replica is under 32 MiB or under the backlog: a replica that"
            + " takes a first copy is cut off and begins again, for ever when much is written",
        "CONFIG SET client-output-buffer-limit \"replica 256mb 64mb 60\", or more");
  }

  /** Hard limit, soft limit, seconds; none if unknown. */
  private static List<Long> replicaLimits(NodeFacts node) {
    List<String> words =
        Arrays.asList(node.setting("client-output-buffer-limit").orElse("").split(" "));
    int at = Math.max(words.indexOf("slave"), words.indexOf("replica"));
    List<Long> limits = new ArrayList<>();
    for (int i = at + 1; at >= 0 && i < Math.min(words.size(), at + 4); i++) {
      NodeFacts.number(words.get(i)).ifPresent(limits::add);
    }
    return limits;
  }
}
