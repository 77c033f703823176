package io.github.jedisfailover.internal.doctor;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the servers are set up, and whether they are alike. */
final class ServerRules {
  private static final long CLOCK_MILLIS = 1_000;

  /** Each node may become the master: then these should not change with it. */
  private static final List<String> ALIKE =
      List.of(
          "appendonly",
          "save",
          "maxmemory",
          "maxmemory-policy",
          "min-replicas-to-write",
          "min-replicas-max-lag",
          "repl-backlog-size",
          "repl-timeout",
          "replica-read-only");

  private ServerRules() {}

  static Stream<Finding> of(Facts facts) {
    return Stream.of(
            logins(facts), alike(facts), versions(facts), clocks(facts), kept(facts), memory(facts))
        .flatMap(s -> s);
  }

  private static List<NodeAddress> which(Facts facts, Predicate<NodeFacts> is) {
    return facts.answering().stream().filter(is).map(NodeFacts::address).toList();
  }

  private static Stream<Finding> where(
      List<NodeAddress> nodes, Rule rule, String what, String mend) {
    return nodes.isEmpty() ? Stream.empty() : Stream.of(Finding.at(rule, nodes, what, mend));
  }

  private static Stream<Finding> logins(Facts facts) {
    boolean locked =
        facts.answering().stream().anyMatch(n -> n.access().open().equals(Optional.of(false)));
    Stream<Finding> missing =
        where(
            which(
                facts, n -> locked && n.setting("masterauth").filter(String::isEmpty).isPresent()),
            Rule.MASTERAUTH_MISSING,
            "have no masterauth although the group has a password: after a failover they cannot"
                + " follow the new master",
            "CONFIG SET masterauth (and masteruser for an ACL user) on all nodes, the master too");
    return Stream.concat(
        missing,
        where(
            which(facts, ServerRules::open),
            Rule.OPEN_TO_ALL,
            "let anybody in who can reach them: no password, protected-mode no, and bind is not"
                + " only the loopback",
            "set requirepass (or ACL users) and masterauth, or bind to an internal address behind"
                + " a firewall with protected-mode yes"));
  }

  private static boolean open(NodeFacts node) {
    return node.access().open().equals(Optional.of(true))
        && node.setting("protected-mode").filter("no"::equals).isPresent()
        && node.setting("bind").filter(b -> !loopbackOnly(b)).isPresent();
  }

  /** Empty: all addresses. A minus says that the address may be missing. */
  private static boolean loopbackOnly(String bind) {
    return Arrays.stream(bind.trim().split("\\s+"))
        .map(a -> a.startsWith("-") ? a.substring(1) : a)
        .allMatch(a -> a.startsWith("127.") || a.equals("::1") || a.equals("localhost"));
  }

  private static Stream<Finding> alike(Facts facts) {
    List<NodeFacts> told = facts.answering().stream().filter(n -> !n.config().isEmpty()).toList();
    List<String> differing = new ArrayList<>();
    for (String name : ALIKE) {
      Map<String, List<NodeFacts>> values = by(told, n -> n.setting(name).orElse(""));
      if (values.size() > 1) {
        differing.add(
            name
                + " ("
                + values.entrySet().stream()
                    .map(v -> "'" + v.getKey() + "' on " + names(v.getValue()))
                    .collect(Collectors.joining(", "))
                + ")");
      }
    }
    return differing.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                Rule.SETTINGS_DIFFER,
                told.stream().map(NodeFacts::address).toList(),
                "differ in " + String.join("; ", differing) + ": after a failover other rules hold",
                "CONFIG SET the same values on all nodes, then CONFIG REWRITE"));
  }

  private static Map<String, List<NodeFacts>> by(
      List<NodeFacts> nodes, Function<NodeFacts, String> value) {
    return nodes.stream().collect(Collectors.groupingBy(value, TreeMap::new, Collectors.toList()));
  }

  private static String names(List<NodeFacts> nodes) {
    return nodes.stream().map(n -> n.address().toString()).collect(Collectors.joining(", "));
  }

  private static Stream<Finding> versions(Facts facts) {
    Map<String, List<NodeFacts>> versions = by(facts.answering(), NodeFacts::version);
    versions.remove("");
    return versions.size() < 2
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                Rule.VERSIONS_DIFFER,
                facts.answering().stream().map(NodeFacts::address).toList(),
                "run different releases ("
                    + versions.entrySet().stream()
                        .map(v -> v.getKey() + " on " + names(v.getValue()))
                        .collect(Collectors.joining(", "))
                    + "): an older replica may not read a newer master's data",
                "upgrade the replicas first, then switch over, then upgrade the old master"));
  }

  private static Stream<Finding> clocks(Facts facts) {
    List<NodeFacts> told =
        facts.answering().stream().filter(n -> n.access().time().isPresent()).toList();
    long latest = Long.MIN_VALUE;
    long earliest = Long.MAX_VALUE;
    for (NodeFacts node : told) {
      NodeFacts.Time time = node.access().time().orElseThrow();
      latest = Math.max(latest, time.aheadMillis() - time.withinMillis());
      earliest = Math.min(earliest, time.aheadMillis() + time.withinMillis());
    }
    return told.isEmpty() || latest - earliest <= CLOCK_MILLIS
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                Rule.CLOCKS_DIFFER,
                told.stream().map(NodeFacts::address).toList(),
                "have clocks that differ by at least "
                    + (latest - earliest)
                    + " ms: keys expire earlier or later after a failover",
                "run an NTP daemon on each host"));
  }

  private static Stream<Finding> kept(Facts facts) {
    return Stream.concat(
        where(
            which(
                facts, n -> n.info().containsKey("config_file") && n.info("config_file").isEmpty()),
            Rule.CONFIG_NOT_KEPT,
            "run without a config file: after a restart they have forgotten CONFIG SET and whom"
                + " they followed, and an old master comes back as a master",
            "start redis-server with a config file that it may write"),
        where(
            which(facts, n -> n.config().isEmpty()),
            Rule.SETTINGS_UNSEEN,
            "do not tell their settings: most checks were left out",
            "log in as a user with +config|get (and +acl|getuser)"));
  }

  private static Stream<Finding> memory(Facts facts) {
    return where(
        which(facts, n -> n.setting("maxmemory").filter("0"::equals).isPresent()),
        Rule.MAXMEMORY_UNSET,
        "have no maxmemory: a server that outgrows its host is killed by the system, and so is the"
            + " replica that takes over",
        "CONFIG SET maxmemory below the host's memory, with room for a fork");
  }
}
