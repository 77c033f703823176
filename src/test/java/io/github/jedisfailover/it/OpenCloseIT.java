package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.JedisFailoverPool;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.Leaks;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Nothing is left behind; {@code -Dcycles=} for another number than 100. */
class OpenCloseIT {
  private static final int CYCLES = Integer.getInteger("cycles", 100);

  @Test
  void noThreadAndNoSocketIsLeft() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(1);
      int before = Leaks.openSockets();
      for (int i = 0; i < CYCLES; i++) {
        openUseAndClose(servers, group);
      }
      await("threads and sockets are gone")
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(
              () -> {
                assertThat(Leaks.haThreads()).isEmpty();
                assertThat(Leaks.openSockets()).isLessThanOrEqualTo(before);
              });
    }
  }

  private static void openUseAndClose(RedisServers servers, RedisGroup group) {
    try (LocalMonitors monitors = LocalMonitors.start(servers, group, Stage.DOWN_AFTER);
        RedisFailoverClient client =
            RedisFailoverClient.builder()
                .masterName(LocalMonitors.NAME)
                .nodes(group.addresses())
                .monitor(monitors.first())
                .build();
        RedisFailoverClient observer =
            RedisFailoverClient.builder()
                .masterName(LocalMonitors.NAME)
                .clientName("observer")
                .nodes(group.addresses())
                .monitor(monitors.observer())
                .build();
        JedisFailoverPool pool =
            JedisFailoverPool.builder()
                .masterName(LocalMonitors.NAME)
                .clientName("pool")
                .nodes(group.addresses())
                .monitor(monitors.first())
                .build();
        Jedis jedis = pool.getResource()) {
      client.set("k", "v");
      observer.get("k");
      jedis.get("k");
      pool.addObjects(2);
      // The measurement is only worth something if there is something to leak.
      assertThat(Leaks.haThreads()).isNotEmpty();
    }
  }
}
