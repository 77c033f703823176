package io.github.jedisfailover.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

class ProbesIT {
  @Test
  void aNodeIsAskedAgainAfterTheApplicationsMapperFailed() {
    AtomicInteger turns = new AtomicInteger();
    JedisClientConfig config =
        DefaultJedisClientConfig.builder()
            .hostAndPortMapper(
                announced -> {
                  if (turns.incrementAndGet() <= 2) {
                    throw new IllegalStateException("not mapped yet");
                  }
                  return announced;
                })
            .build();
    try (RedisServers servers = RedisServers.open();
        DaemonThreads threads = new DaemonThreads("probes");
        Probes probes = new Probes(config, MonotonicClock.SYSTEM, threads)) {
      RedisNode node = servers.start();
      NodeView master = new NodeView(node.address(), NodeRole.MASTER, true, true, false);
      TopologySnapshot.Version version = new TopologySnapshot.Version(1, 1);
      probes.apply(new TopologySnapshot(version, List.of(master)));
      assertThat(turns).hasValue(0);
      probes.demand(Duration.ofMillis(20));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> probes.latencies().order(), List.of(node.address())::equals);
      assertThat(turns).hasValueGreaterThan(2);
    }
  }
}
