package io.github.jedisfailover.internal.doctor;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the monitors can carry out a failover, and still can after one failure. */
final class VotingRules {
  private static final int ENOUGH = 3;

  private VotingRules() {}

  static Stream<Finding> of(Facts facts) {
    if (facts.watching().isEmpty()) {
      return Stream.empty();
    }
    return Stream.of(number(facts), quorum(facts), hosts(facts)).flatMap(s -> s);
  }

  private static List<NodeAddress> all(Facts facts) {
    return facts.watching().stream().map(MonitorFacts::address).toList();
  }

  private static Stream<Finding> number(Facts facts) {
    int voters = facts.voters();
    if (voters < ENOUGH) {
      return Stream.of(
          Finding.at(
              Rule.TOO_FEW_MONITORS,
              all(facts),
              (voters == 1 ? "is the only monitor" : "are only two monitors")
                  + ": without one of them no majority can elect a leader",
              "run three, on three hosts"));
    }
    List<NodeAddress> fewer =
        facts.watching().stream()
            .filter(m -> m.monitors() < voters)
            .map(MonitorFacts::address)
            .toList();
    return fewer.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                Rule.MONITOR_UNKNOWN_TO_OTHERS,
                fewer,
                "know fewer than the "
                    + voters
                    + " monitors that others know: they count another majority",
                "see that all monitors reach the master, where they meet, and that voters are"
                    + " configured alike"));
  }

  private static Stream<Finding> quorum(Facts facts) {
    int voters = facts.voters();
    int majority = voters / 2 + 1;
    List<MonitorFacts> failing =
        facts.watching().stream()
            .filter(m -> m.quorumCheck().startsWith("NOQUORUM") || m.number("quorum") > voters)
            .toList();
    if (!failing.isEmpty()) {
      MonitorFacts first = failing.get(0);
      return Stream.of(
          Finding.at(
              Rule.QUORUM_UNREACHABLE,
              failing.stream().map(MonitorFacts::address).toList(),
              "cannot carry out a failover: quorum "
                  + first.field("quorum")
                  + ", "
                  + voters
                  + " monitors"
                  + (first.quorumCheck().startsWith("NOQUORUM")
                      ? " (" + first.quorumCheck() + ")"
                      : ""),
              "start the monitors that are missing, or SENTINEL SET "
                  + facts.group()
                  + " quorum "
                  + majority
                  + " on each"));
    }
    List<NodeAddress> low =
        facts.watching().stream()
            .filter(m -> m.number("quorum") >= 0 && m.number("quorum") < majority)
            .map(MonitorFacts::address)
            .toList();
    return low.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                Rule.QUORUM_BELOW_MAJORITY,
                low,
                "have a quorum below the majority of "
                    + majority
                    + ": a few monitors with a bad network start failovers of a healthy master",
                "SENTINEL SET " + facts.group() + " quorum " + majority + " on each"));
  }

  private static Stream<Finding> hosts(Facts facts) {
    int voters = facts.voters();
    int majority = voters / 2 + 1;
    if (voters < ENOUGH) {
      return Stream.empty(); // said already, and no host can be spared
    }
    Map<String, List<MonitorFacts>> hosts =
        facts.monitors().stream()
            .collect(Collectors.groupingBy(MonitorFacts::host, TreeMap::new, Collectors.toList()));
    return hosts.entrySet().stream()
        .filter(h -> h.getValue().size() > 1)
        .map(h -> shared(h.getKey(), h.getValue(), voters - h.getValue().size() >= majority));
  }

  private static Finding shared(String host, List<MonitorFacts> monitors, boolean harmless) {
    return Finding.at(
        harmless ? Rule.MONITORS_SHARE_HOST : Rule.MONITORS_ON_ONE_HOST,
        monitors.stream().map(MonitorFacts::address).toList(),
        "are on one host ("
            + host
            + ")"
            + (harmless
                ? ": they are lost together"
                : ": without it no majority is left, and no failover possible"),
        "run each monitor on a host of its own");
  }
}
