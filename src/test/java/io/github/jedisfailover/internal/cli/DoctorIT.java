package io.github.jedisfailover.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.doctor.Doctor;
import io.github.jedisfailover.internal.doctor.Finding;
import io.github.jedisfailover.internal.doctor.Rule;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;

/** Real servers and monitors, set up well and then spoilt in one way after the other. */
class DoctorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NAME = "mymaster";

  private static RedisServers servers;

  @BeforeAll
  static void open() {
    servers = RedisServers.open();
  }

  @AfterAll
  static void close() {
    servers.close();
  }

  @Test
  void nothingIsFoundOnAGoodDeploymentAndEachSpoiltSettingIs() {
    RedisGroup group = wellConfigured();
    RedisNode one = group.replicas().get(0);
    try (Monitors monitors = Monitors.start(group)) {
      monitors.awaitVotes();
      await("nothing wrong")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(findings(monitors.first())).isEmpty());

      spoil(group, monitors, Rule.NO_PERSISTENCE, "appendonly", "no", "yes");
      spoil(group, monitors, Rule.MIN_REPLICAS_UNSET, "min-replicas-to-write", "0", "1");
      spoil(group, monitors, Rule.WRITES_REFUSED, "min-replicas-to-write", "5", "1");
      spoil(group, monitors, Rule.BACKLOG_SMALL, "repl-backlog-size", "16384", "67108864");
      spoil(group, monitors, Rule.REPLICA_WRITABLE, "replica-read-only", "no", "yes");
      spoil(group, monitors, Rule.NO_CANDIDATE, "replica-priority", "0", "100");
      spoil(group, monitors, Rule.MAXMEMORY_UNSET, "maxmemory", "0", "100mb");
      spoil(
          group,
          monitors,
          Rule.OUTPUT_BUFFER_SMALL,
          "client-output-buffer-limit",
          "replica 1mb 0 0",
          "replica 256mb 64mb 60");
      if (servers.binary().version().startsWith("7.")) {
        String here = one.address().host();
        spoil(
            new RedisGroup(List.of(one)),
            monitors,
            Rule.OPEN_TO_ALL,
            "bind",
            here + " -10.255.255.1",
            here);
      }
      one.command("CONFIG", "SET", "maxmemory", "50mb");
      assertThat(rules(monitors.first())).containsExactly(Rule.SETTINGS_DIFFER);
      one.command("CONFIG", "SET", "maxmemory", "100mb");

      spoilMonitors(monitors);
      assertThat(findings(monitors.first())).as("all is well again").isEmpty();
      assertThat(rules(options(monitors.address(0), "nosuch"))).contains(Rule.GROUP_UNKNOWN);
      monitors.closeLast();
      await("a monitor is missed")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(rules(monitors.first())).containsExactly(Rule.MONITOR_SILENT));
      one.kill();
      await("a node is missed")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(rules(monitors.first())).contains(Rule.NODE_SILENT));
    }
  }

  private static void spoilMonitors(Monitors monitors) {
    monitors.set("quorum", "1");
    assertThat(rules(monitors.first())).containsExactly(Rule.QUORUM_BELOW_MAJORITY);
    monitors.set("quorum", "4");
    assertThat(rules(monitors.first())).containsExactly(Rule.QUORUM_UNREACHABLE);
    monitors.set("quorum", "2");
    monitors.set("down-after-milliseconds", "400");
    assertThat(rules(monitors.first())).containsExactly(Rule.DOWN_AFTER_SHORT);
    monitors.set("down-after-milliseconds", "3000");
    monitors.set(monitors.address(1), "failover-timeout", "20000");
    assertThat(rules(monitors.first())).containsExactly(Rule.MONITORS_DIFFER);
    monitors.set("failover-timeout", "20000");
  }

  private static void spoil(
      RedisGroup group, Monitors monitors, Rule rule, String setting, String bad, String good) {
    group.nodes().forEach(n -> n.command("CONFIG", "SET", setting, bad));
    assertThat(rules(monitors.first())).as("%s %s", setting, bad).containsExactly(rule);
    group.nodes().forEach(n -> n.command("CONFIG", "SET", setting, good));
  }

  @Test
  void neglectedServersAndTheirLinks() {
    RedisGroup group = servers.group(2);
    RedisNode master = group.master();
    RedisNode one = group.replicas().get(0);
    RedisNode two = group.replicas().get(1);
    ConnectionOptions nodes = new ConnectionOptions();
    nodes.nodes = master.toString();
    assertThat(rules(nodes))
        .contains(Rule.NO_PERSISTENCE, Rule.MIN_REPLICAS_UNSET, Rule.BACKLOG_SMALL)
        .contains(Rule.UNMONITORED, Rule.MAXMEMORY_UNSET)
        .doesNotContain(Rule.LINK_DOWN, Rule.SEVERAL_MASTERS, Rule.NODE_SILENT);

    two.replicaOf(one);
    group.awaitReplicated();
    await("its master").atMost(PATIENCE).until(() -> two.isInSyncWith(one.address()));
    assertThat(rules(nodes)).contains(Rule.REPLICA_OF_OTHER);
    two.command("REPLICAOF", "127.0.0.1", "1");
    nodes.nodes = master + "," + two;
    assertThat(rules(nodes)).contains(Rule.LINK_DOWN);

    two.command("CONFIG", "SET", "replica-announce-port", "1");
    two.replicaOf(master);
    await("the announced address")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(rules(nodes)).contains(Rule.ADDRESS_UNREACHABLE));

    RedisNode stranger = servers.group(0).master();
    nodes.nodes = master + "," + stranger;
    assertThat(rules(nodes)).contains(Rule.SEVERAL_MASTERS);
    nodes.nodes = stranger.toString();
    assertThat(rules(nodes)).contains(Rule.NO_REPLICA);
    try (RedisServers older = RedisServers.carried()) {
      nodes.nodes = master + "," + older.start();
      boolean sameRelease = older.binary().version().equals(servers.binary().version());
      assertThat(rules(nodes).contains(Rule.VERSIONS_DIFFER)).isNotEqualTo(sameRelease);
    }

    stranger.command("ACL", "SETUSER", "watcher", "on", ">secret", "+info", "+client", "+ping");
    nodes.nodes = stranger.toString();
    nodes.user = "watcher";
    Map<String, String> password = Map.of(ConnectionOptions.PASSWORD, "secret");
    assertThat(rules(nodes, password)).contains(Rule.SETTINGS_UNSEEN);
    stranger.command("CONFIG", "SET", "requirepass", "secret");
    nodes.user = null;
    assertThat(rules(nodes, password)).contains(Rule.MASTERAUTH_MISSING);
  }

  private static List<Rule> rules(ConnectionOptions options) {
    return rules(options, Map.of());
  }

  private static List<Rule> rules(ConnectionOptions options, Map<String, String> environment) {
    return findings(options, environment).stream().map(Finding::rule).toList();
  }

  private static List<Finding> findings(ConnectionOptions options) {
    return findings(options, Map.of());
  }

  private static List<Finding> findings(
      ConnectionOptions options, Map<String, String> environment) {
    options.timeout = "2s";
    try (Collector collector = new Collector(TargetReader.read(options, environment))) {
      return Doctor.examine(collector.examine(Duration.ZERO));
    }
  }

  private static ConnectionOptions options(NodeAddress monitor, String group) {
    ConnectionOptions options = new ConnectionOptions();
    options.sentinels = monitor.toString();
    options.masterName = group;
    return options;
  }

  private static RedisGroup wellConfigured() {
    RedisGroup group = servers.group(2);
    Map<String, String> settings =
        Map.of(
            "appendonly", "yes",
            "maxmemory", "100mb",
            "min-replicas-to-write", "1",
            "repl-backlog-size", "64mb");
    group
        .nodes()
        .forEach(n -> settings.forEach((name, value) -> n.command("CONFIG", "SET", name, value)));
    return group;
  }

  /** Three monitors, each at a loopback address of its own as if that were a host. */
  private record Monitors(List<NodeAddress> addresses, List<EmbeddedMonitor> running)
      implements AutoCloseable {
    static Monitors start(RedisGroup group) {
      NodeAddress[] voters =
          Stream.of("127.0.0.11", "127.0.0.12", "127.0.0.13")
              .map(host -> new NodeAddress(host, servers.ports().any(host)))
              .toArray(NodeAddress[]::new);
      Monitors monitors = new Monitors(List.of(voters), new ArrayList<>());
      for (NodeAddress voter : voters) {
        EmbeddedMonitor monitor =
            EmbeddedMonitor.start(
                MonitorConfig.builder()
                    .voters(voters)
                    .listen(voter)
                    .stateDirectory(servers.scratch(directory(voter)))
                    .quorum(2)
                    .downAfter(Duration.ofSeconds(3))
                    .failoverTimeout(Duration.ofSeconds(10))
                    .build(),
                List.of(),
                FailoverMetrics.NONE);
        monitors.running.add(monitor);
        monitor.watch(FailoverConfig.builder().masterName(NAME).nodes(group.addresses()).build());
      }
      return monitors;
    }

    /** Before that they have no state that a changed setting could be written to. */
    void awaitVotes() {
      await("monitors that vote")
          .atMost(PATIENCE)
          .until(
              () ->
                  addresses.stream()
                      .map(a -> servers.scratch(directory(a)).resolve("monitor.state"))
                      .allMatch(Files::exists));
    }

    private static String directory(NodeAddress monitor) {
      return "monitor-" + monitor.host();
    }

    NodeAddress address(int number) {
      return addresses.get(number);
    }

    /** One is enough: it knows the others. */
    ConnectionOptions first() {
      return options(address(0), NAME);
    }

    void set(String option, String value) {
      addresses.forEach(a -> set(a, option, value));
    }

    void set(NodeAddress monitor, String option, String value) {
      try (Connection connection =
          new Connection(
              new HostAndPort(monitor.host(), monitor.port()),
              DefaultJedisClientConfig.builder().autoNegotiateProtocol(false).build())) {
        connection.executeCommand(
            new CommandArguments(Command.SENTINEL).add("SET").add(NAME).add(option).add(value));
      }
    }

    void closeLast() {
      running.remove(running.size() - 1).close();
    }

    @Override
    public void close() {
      running.forEach(EmbeddedMonitor::close);
    }
  }
}
