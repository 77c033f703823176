package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/** A client that is no voter follows the voters of other JVMs. */
class ObserverIT {
  @Test
  void anObserverFollowsAFailover() {
    try (Stage stage = Stage.open(2);
        RedisFailoverClient observer = stage.observer();
        RedisFailoverClient elsewhere = elsewhere(stage)) {
      RedisNode old = stage.group().master();
      observer.set("before", "1");
      elsewhere.set("mapped", "1");
      old.kill();
      RedisNode master = stage.group().awaitMasterOtherThan(old);
      // A write on a connection that died while idle has, rightly or not, an unknown outcome.
      await().atMost(Duration.ofSeconds(10)).until(() -> Stage.knows(observer.topology(), master));

      assertThat(observer.set("after", "2")).isEqualTo("OK");
      assertThat(master.command("GET", "after")).isEqualTo("2");
      await().atMost(Duration.ofSeconds(10)).until(() -> Stage.knows(elsewhere.topology(), master));
      assertThat(elsewhere.set("mapped", "2")).isEqualTo("OK");
      assertThat(stage.monitors().switches()).hasSize(1);
    }
  }

  /** A client for which the voters' addresses lead nowhere, but for its mapper. */
  private static RedisFailoverClient elsewhere(Stage stage) {
    List<NodeAddress> voters = stage.monitors().addresses();
    return RedisFailoverClient.builder()
        .masterName(LocalMonitors.NAME)
        .clientName("elsewhere")
        .nodes(stage.group().addresses())
        .monitor(
            MonitorConfig.builder()
                .voters(
                    voters.stream()
                        .map(v -> new NodeAddress("voter.invalid", v.port()))
                        .toArray(NodeAddress[]::new))
                .build())
        .addressMapper(
            a ->
                a.getHost().equals("voter.invalid")
                    ? new HostAndPort(voters.get(0).host(), a.getPort())
                    : a)
        .build();
  }

  /** Code with fields of type {@code RedisClient} changes its builder call only. */
  @Test
  void aGenuineRedisClientFollowsToo() {
    try (Stage stage = Stage.open(2);
        RedisFailover failover =
            RedisFailover.builder()
                .masterName(LocalMonitors.NAME)
                .clientName("pair")
                .nodes(stage.group().addresses())
                .monitor(stage.monitors().observer())
                .build();
        RedisClient redis =
            RedisClient.builder()
                .connectionProvider(failover.connectionProvider())
                .commandExecutor(failover.commandExecutor())
                .clientConfig(failover.clientConfig())
                .build()) {
      RedisNode old = stage.group().master();
      redis.set("k", "1");
      old.kill();
      RedisNode master = stage.group().awaitMasterOtherThan(old);
      await().atMost(Duration.ofSeconds(10)).until(() -> Stage.knows(failover.topology(), master));
      redis.set("k", "2");
      await().atMost(Duration.ofSeconds(10)).until(() -> "2".equals(redis.get("k")));
    }
  }
}
