package io.github.jedisfailover.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.config.SentinelDeparture;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologyView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Switching off what departs from Sentinel, seen at one departure: a manual failover that pauses
 * the writes.
 */
class DeparturesIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private static List<String> without(String names) {
    List<String> program = new ArrayList<>(List.of("env", "JEDIS_FAILOVER_WITHOUT=" + names));
    program.addAll(SentinelProgram.ours());
    return program;
  }

  @ParameterizedTest(name = "without: {0}")
  @ValueSource(strings = {"", "handover"})
  void aProcessObeysItsEnvironment(String names) {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(1);
      RedisNode old = group.master();
      int port = servers.ports().any("127.0.0.1");
      try (SentinelMember member = new SentinelMember(port, directory, old, List.of())) {
        member.start(without(names)).awaitPong();
        await("a replica that can be promoted").atMost(LIMIT).until(() -> member.told().fit() == 1);
        assertThat(SentinelProgram.ask(port, "SENTINEL FAILOVER m")).isEqualTo("+OK\r\n");
        group.awaitMasterOtherThan(old);
        assertThat(old.calls("client|pause") > 0).isEqualTo(names.isEmpty());
      }
    }
  }

  @Test
  void anUnknownNameEndsTheStart() throws IOException {
    Files.writeString(directory.resolve("s.conf"), "port 1\nlogfile s.log\n");
    try (SentinelProgram run =
        SentinelProgram.start(without("handover,oops"), directory, "s.conf")) {
      assertThat(run.ended().status()).isEqualTo(1);
      assertThat(run.lines("s.log"))
          .anyMatch(
              line -> line.contains("JEDIS_FAILOVER_WITHOUT must be 'all' or some of [synced"))
          .anyMatch(line -> line.contains("was 'oops'. Exiting..."));
    }
  }

  @Test
  void aVoterObeysItsConfiguration() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(1);
      RedisNode old = group.master();
      NodeAddress voter = new NodeAddress("127.0.0.1", servers.ports().any("127.0.0.1"));
      MonitorConfig config =
          MonitorConfig.builder()
              .voters(voter)
              .listen(voter)
              .stateDirectory(directory)
              .downAfter(Duration.ofSeconds(2))
              .without(SentinelDeparture.HANDOVER)
              .build();
      try (EmbeddedMonitor monitor =
          EmbeddedMonitor.start(config, List.of(), FailoverMetrics.NONE)) {
        TopologyView view =
            monitor.watch(
                FailoverConfig.builder().masterName("m").nodes(group.addresses()).build());
        await("a replica that can be promoted")
            .atMost(LIMIT)
            .until(() -> view.current().replicas().stream().anyMatch(r -> r.fitForReads()));
        assertThatThrownBy(() -> monitor.switchover("m"))
            .hasMessageEndingWith("could lose writes: it is switched off");
        assertThat(SentinelProgram.ask(voter.port(), "SENTINEL FAILOVER m")).isEqualTo("+OK\r\n");
        assertThat(group.awaitMasterOtherThan(old)).isNotEqualTo(old);
        assertThat(old.calls("client|pause")).isZero();
      }
    }
  }
}
