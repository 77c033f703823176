package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Voters that want a password elect, and observers that know it follow. */
class PasswordVotersIT {
  private static final ListenerConfig LISTENER =
      ListenerConfig.builder().requirePass("voters' secret").build();

  @Test
  void aFailoverNeedsThePasswordAndNothingElse() {
    List<EmbeddedMonitor> monitors = new ArrayList<>();
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(1);
      NodeAddress[] voters =
          Stream.generate(() -> new NodeAddress("127.0.0.1", servers.ports().any("127.0.0.1")))
              .limit(3)
              .toArray(NodeAddress[]::new);
      MonitorConfig.Builder config =
          MonitorConfig.builder()
              .voters(voters)
              .listener(LISTENER)
              .downAfter(Duration.ofSeconds(1))
              .failoverTimeout(Duration.ofSeconds(10));
      FailoverConfig watched =
          FailoverConfig.builder().masterName("m").nodes(group.addresses()).build();
      MonitorConfig observer = config.build();
      for (NodeAddress voter : voters) {
        EmbeddedMonitor monitor =
            EmbeddedMonitor.start(config.listen(voter).build(), List.of(), FailoverMetrics.NONE);
        monitors.add(monitor);
        monitor.watch(watched);
      }
      try (RedisFailoverClient client =
          RedisFailoverClient.builder()
              .masterName("m")
              .nodes(group.addresses())
              .startTimeout(Duration.ofSeconds(30))
              .monitor(observer)
              .build()) {
        assertThat(client.set("k", "before")).isEqualTo("OK");
        RedisNode master = group.master();
        master.kill();
        await()
            .atMost(Duration.ofSeconds(30))
            .ignoreExceptions()
            .until(() -> client.set("k", "after").equals("OK"));
      }
    } finally {
      monitors.forEach(EmbeddedMonitor::close);
    }
  }
}
