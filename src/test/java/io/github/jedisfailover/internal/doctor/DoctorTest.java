package io.github.jedisfailover.internal.doctor;

import static io.github.jedisfailover.internal.doctor.Deployment.MASTER;
import static io.github.jedisfailover.internal.doctor.Deployment.ONE;
import static io.github.jedisfailover.internal.doctor.Deployment.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DoctorTest {
  @Test
  void nothingIsFoundWhereNothingIsWrong() {
    assertThat(Doctor.examine(Deployment.good().facts())).isEmpty();
  }

  /** What is spoilt, and all that must be found then, no more. */
  static Stream<Arguments> spoilt() {
    return Stream.of(
        spoil(d -> d.server(TWO).problem = "refused", d -> down(d, TWO), Rule.NODE_SILENT),
        spoil(d -> d.server(TWO).problem = "timed out", Rule.ADDRESS_UNREACHABLE),
        spoil(d -> d.server(MASTER).replicaOf(ONE), Rule.NO_MASTER),
        spoil(d -> d.server(TWO).master(), Rule.SEVERAL_MASTERS),
        spoil(DoctorTest::alone, Rule.NO_REPLICA),
        spoil(d -> all(d, s -> s.info.put("slave_priority", "0")), Rule.NO_CANDIDATE),
        spoil(d -> d.server(ONE).info.put("master_link_status", "down"), Rule.LINK_DOWN),
        spoil(d -> d.server(TWO).replicaOf(ONE), Rule.REPLICA_OF_OTHER),
        spoil(
            d -> d.server(MASTER).info.put("slave0", "ip=10.0.0.2,port=6379,state=online,lag=11"),
            Rule.REPLICA_LAGGING),
        spoil(
            d -> d.server(MASTER).info.put("master_repl_offset", "99999999999"),
            Rule.REPLICA_LAGGING,
            Rule.REPLICA_LAGGING),
        spoil(d -> all(d, s -> s.config.put("appendonly", "no")), Rule.NO_PERSISTENCE),
        spoil(d -> d.server(ONE).config.put("appendonly", "no"), Rule.SETTINGS_DIFFER),
        spoil(
            d -> d.server(MASTER).info.put("rdb_last_bgsave_status", "err"),
            Rule.PERSISTENCE_FAILS),
        spoil(
            d -> all(d, s -> s.config.put("min-replicas-to-write", "0")), Rule.MIN_REPLICAS_UNSET),
        spoil(d -> all(d, s -> s.config.put("min-replicas-to-write", "3")), Rule.WRITES_REFUSED),
        spoil(d -> all(d, s -> s.config.put("replica-read-only", "no")), Rule.REPLICA_WRITABLE),
        spoil(d -> all(d, s -> s.config.put("repl-backlog-size", "1048576")), Rule.BACKLOG_SMALL),
        spoil(d -> d.rate = OptionalLong.of(10_000_000), Rule.BACKLOG_SMALL),
        spoil(d -> buffers(d, "slave 1048576 0 0"), Rule.OUTPUT_BUFFER_SMALL),
        spoil(d -> buffers(d, "replica 0 1048576 60"), Rule.OUTPUT_BUFFER_SMALL),
        spoil(d -> buffers(d, "slave 60000000 0 0"), Rule.OUTPUT_BUFFER_SMALL),
        spoil(d -> d.server(TWO).config.put("masterauth", ""), Rule.MASTERAUTH_MISSING),
        spoil(d -> d.server(TWO).open = Optional.of(true), Rule.OPEN_TO_ALL),
        spoil(d -> all(d, s -> s.config.put("maxmemory", "0")), Rule.MAXMEMORY_UNSET),
        spoil(d -> d.server(TWO).info.put("config_file", ""), Rule.CONFIG_NOT_KEPT),
        spoil(d -> d.server(TWO).config.clear(), Rule.SETTINGS_UNSEEN),
        spoil(d -> d.server(TWO).aheadMillis = 1_500, Rule.CLOCKS_DIFFER),
        spoil(d -> d.server(TWO).info.put("redis_version", "6.2.6"), Rule.VERSIONS_DIFFER),
        spoil(d -> d.watchers.clear(), Rule.MONITORS_UNSEEN),
        spoil(d -> d.watchers.clear(), d -> all(d, s -> s.watchers = 0), Rule.UNMONITORED),
        spoil(d -> d.watcher(3).master.clear(), Rule.GROUP_UNKNOWN),
        spoil(
            d -> d.watcher(3).problem = "refused",
            d -> peers(d, p -> p.put("flags", "sentinel,s_down")),
            Rule.MONITOR_SILENT),
        spoil(d -> d.watcher(3).problem = "timed out", Rule.ADDRESS_UNREACHABLE),
        spoil(d -> d.watcher(3).master.put("config-epoch", "3"), Rule.MONITORS_DISAGREE),
        spoil(
            d -> d.watcher(3).master.put("ip", "10.0.0.2"),
            d -> d.watcher(3).master.put("config-epoch", "3"),
            Rule.MONITORS_DISAGREE),
        spoil(d -> d.watcher(3).master.put("flags", "master,s_down,o_down"), Rule.MASTER_SEEN_DOWN),
        spoil(d -> d.watcher(3).tilt = true, Rule.TILT),
        spoil(d -> d.watcher(3).master.put("quorum", "3"), Rule.MONITORS_DIFFER),
        spoil(
            d -> watchers(d, w -> w.master.put("down-after-milliseconds", "300")),
            Rule.DOWN_AFTER_SHORT),
        spoil(
            d -> d.watchers.remove("10.0.1.3:26379"),
            d -> watchers(d, w -> w.peers.remove(1)),
            Rule.TOO_FEW_MONITORS),
        spoil(d -> d.watcher(3).peers.remove(1), Rule.MONITOR_UNKNOWN_TO_OTHERS),
        spoil(d -> watchers(d, w -> w.check = "NOQUORUM 1 usable"), Rule.QUORUM_UNREACHABLE),
        spoil(d -> watchers(d, w -> w.master.put("quorum", "4")), Rule.QUORUM_UNREACHABLE),
        spoil(d -> watchers(d, w -> w.master.put("quorum", "1")), Rule.QUORUM_BELOW_MAJORITY),
        spoil(d -> d.watcher(3).host = "10.0.1.2", Rule.MONITORS_ON_ONE_HOST),
        spoil(DoctorTest::five, d -> d.watcher(3).host = "10.0.1.2", Rule.MONITORS_SHARE_HOST));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("spoilt")
  void findsThatAndNothingElse(Consumer<Deployment> spoil, List<Rule> expected) {
    Deployment deployment = Deployment.good();
    spoil.accept(deployment);
    assertThat(Doctor.examine(deployment.facts()))
        .extracting(Finding::rule)
        .containsExactlyElementsOf(expected);
  }

  @Test
  void everyRuleIsAmongThem() {
    Set<Rule> tried =
        spoilt()
            .flatMap(a -> ((List<?>) a.get()[1]).stream())
            .map(Rule.class::cast)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
    assertThat(tried).containsExactlyInAnyOrder(Rule.values());
  }

  @Test
  void aNodeWithTwoAddressesIsOneAndBehindNatIsNamedWithBoth() {
    Deployment deployment = Deployment.good();
    deployment.server(TWO).problem = "timed out";
    Deployment.Server outside = new Deployment.Server(TWO);
    outside.replicaOf(MASTER);
    deployment.servers.put("192.0.2.7:7003", outside);
    assertThat(Doctor.examine(deployment.facts()))
        .singleElement()
        .satisfies(f -> assertThat(f.rule()).isEqualTo(Rule.ADDRESS_UNREACHABLE))
        .satisfies(f -> assertThat(f.where()).containsExactly(TWO))
        .satisfies(
            f -> assertThat(f.what()).contains("it is the node that answers at 192.0.2.7:7003"));

    NodeFacts given =
        new NodeFacts(
            new NodeAddress("localhost", 6379),
            false,
            "",
            deployment.server(MASTER).info,
            Map.of(),
            NodeFacts.Access.UNKNOWN);
    List<NodeFacts> twice = new ArrayList<>(List.of(given));
    twice.addAll(Deployment.good().facts().nodes());
    assertThat(new Facts("g", twice, List.of(), OptionalLong.empty()).nodes())
        .extracting(n -> n.address().toString())
        .containsExactly(MASTER, ONE, TWO);
  }

  private static Arguments spoil(Consumer<Deployment> spoil, Rule... expected) {
    return Arguments.of(spoil, List.of(expected));
  }

  private static Arguments spoil(
      Consumer<Deployment> spoil, Consumer<Deployment> more, Rule expected) {
    return Arguments.of(spoil.andThen(more), List.of(expected));
  }

  private static void all(Deployment deployment, Consumer<Deployment.Server> change) {
    deployment.servers.values().forEach(change);
  }

  private static void watchers(Deployment deployment, Consumer<Deployment.Watcher> change) {
    deployment.watchers.values().forEach(change);
  }

  private static void peers(Deployment deployment, Consumer<Map<String, String>> change) {
    watchers(
        deployment,
        w -> w.peers.stream().filter(p -> p.get("ip").equals("10.0.1.3")).forEach(change));
  }

  private static void buffers(Deployment deployment, String limit) {
    all(deployment, s -> s.config.put("client-output-buffer-limit", "normal 0 0 0 " + limit));
  }

  private static void down(Deployment deployment, String replica) {
    deployment.server(MASTER).info.remove("slave1");
    deployment.server(MASTER).info.put("min_slaves_good_slaves", "1");
    watchers(
        deployment,
        w ->
            w.replicas.stream()
                .filter(r -> replica.startsWith(r.get("ip")))
                .forEach(r -> r.put("flags", "slave,s_down,disconnected")));
  }

  private static void alone(Deployment deployment) {
    deployment.servers.keySet().removeAll(Set.of(ONE, TWO));
    deployment.server(MASTER).config.put("min-replicas-to-write", "1");
    deployment.server(MASTER).info.remove("min_slaves_good_slaves");
    Arrays.asList("slave0", "slave1").forEach(deployment.server(MASTER).info::remove);
  }

  private static void five(Deployment deployment) {
    for (int i = 4; i <= 5; i++) {
      String address = "10.0.1." + i + ":26379";
      Deployment.Watcher watcher = new Deployment.Watcher(address);
      deployment.watchers.put(address, watcher);
    }
    deployment.watchers.forEach(
        (own, w) -> {
          w.master.put("quorum", "3");
          w.peers.clear();
          deployment.watchers.keySet().stream()
              .filter(a -> !a.equals(own))
              .forEach(a -> w.peers.add(Deployment.instance(a)));
        });
  }
}
