package io.github.jedisfailover.internal.doctor;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the monitors think. */
final class MonitorRules {
  private static final long SHORTEST_DOWN_AFTER = 500;

  private MonitorRules() {}

  static Stream<Finding> of(Facts facts) {
    return Stream.of(silent(facts), disagreement(facts), opinions(facts), differences(facts))
        .flatMap(s -> s);
  }

  private static Stream<Finding> silent(Facts facts) {
    return facts.monitors().stream()
        .flatMap(
            m -> {
              if (!m.answered()) {
                return Stream.of(silent(facts, m));
              }
              return m.knowsGroup()
                  ? Stream.empty()
                  : Stream.of(
                      Finding.at(
                          Rule.GROUP_UNKNOWN,
                          List.of(m.address()),
                          "does not watch a group named '" + facts.group() + "'",
                          "name the group with --master-name, or have it watched: SENTINEL MONITOR "
                              + facts.group()
                              + " <host> <port> <quorum>"));
            });
  }

  private static Finding silent(Facts facts, MonitorFacts monitor) {
    boolean alive =
        facts.watching().stream()
            .flatMap(m -> m.peers().stream())
            .filter(p -> MonitorFacts.address(p).equals(Optional.of(monitor.address())))
            .anyMatch(MonitorFacts::up);
    return alive
        ? Finding.at(
            Rule.ADDRESS_UNREACHABLE,
            List.of(monitor.address()),
            "is a monitor that others see, but cannot be reached from here ("
                + monitor.problem()
                + ")",
            "set sentinel announce-ip and announce-port to what all can dial, or give clients an"
                + " addressMap. If it died just now, look again in a moment")
        : Finding.at(
            Rule.MONITOR_SILENT,
            List.of(monitor.address()),
            "is a monitor and does not answer: "
                + monitor.problem()
                + "; it still counts for the majority",
            "start it again; if it is gone for good, SENTINEL RESET "
                + facts.group()
                + " on the others, one after the other");
  }

  private static Stream<Finding> disagreement(Facts facts) {
    Map<String, List<MonitorFacts>> views =
        facts.watching().stream()
            .collect(
                Collectors.groupingBy(
                    m ->
                        m.masterAddress().map(NodeAddress::toString).orElse("nobody")
                            + " in epoch "
                            + m.field("config-epoch"),
                    TreeMap::new,
                    Collectors.toList()));
    return views.size() < 2
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                Rule.MONITORS_DISAGREE,
                facts.watching().stream().map(MonitorFacts::address).toList(),
                "disagree: "
                    + views.entrySet().stream()
                        .map(v -> v.getKey() + " for " + names(v.getValue()))
                        .collect(Collectors.joining("; "))
                    + ": clients are sent to different nodes",
                "during a failover wait; else see that all monitors reach each other and the"
                    + " nodes, and that none was started with an old config file"));
  }

  private static String names(List<MonitorFacts> monitors) {
    return monitors.stream().map(m -> m.address().toString()).collect(Collectors.joining(", "));
  }

  private static Stream<Finding> opinions(Facts facts) {
    Stream<Finding> down =
        facts.watching().stream()
            .filter(m -> !m.opinion().equals("up"))
            .map(
                m ->
                    Finding.at(
                        Rule.MASTER_SEEN_DOWN,
                        List.of(m.address()),
                        "calls the master "
                            + m.masterAddress().map(NodeAddress::toString).orElse("?")
                            + " down ("
                            + m.opinion()
                            + ")",
                        "if the master answers, look at the network and the login between the two"));
    Stream<Finding> tilt =
        facts.watching().stream()
            .filter(MonitorFacts::tilt)
            .map(
                m ->
                    Finding.at(
                        Rule.TILT,
                        List.of(m.address()),
                        "is in TILT: its process stalled or its clock jumped, and it judges nobody"
                            + " for 30 s",
                        "give it CPU; a pause of more than 2 s is not normal"));
    return Stream.concat(down, tilt);
  }

  private static Stream<Finding> differences(Facts facts) {
    List<MonitorFacts> watching = facts.watching();
    List<String> differing =
        Stream.of("quorum", "down-after-milliseconds", "failover-timeout", "parallel-syncs")
            .filter(s -> watching.stream().map(m -> m.field(s)).distinct().count() > 1)
            .map(
                s ->
                    s
                        + " "
                        + watching.stream()
                            .map(m -> m.field(s) + " at " + m.address())
                            .collect(Collectors.joining(", ")))
            .toList();
    Stream<Finding> different =
        differing.isEmpty()
            ? Stream.empty()
            : Stream.of(
                Finding.at(
                    Rule.MONITORS_DIFFER,
                    watching.stream().map(MonitorFacts::address).toList(),
                    "differ in " + String.join("; ", differing) + ": who leads decides how",
                    "SENTINEL SET " + facts.group() + " <option> <value> on each"));
    List<NodeAddress> nervous =
        watching.stream()
            .filter(m -> m.number("down-after-milliseconds") < SHORTEST_DOWN_AFTER)
            .map(MonitorFacts::address)
            .toList();
    return nervous.isEmpty()
        ? different
        : Stream.concat(
            different,
            Stream.of(
                Finding.at(
                    Rule.DOWN_AFTER_SHORT,
                    nervous,
                    "take a silence of less than 500 ms for death: a slow command or a pause of"
                        + " the master starts a failover",
                    "SENTINEL SET " + facts.group() + " down-after-milliseconds 2000")));
  }
}
