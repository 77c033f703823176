package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** A client that is no voter follows the voters of other JVMs. */
class ObserverIT {
  @Test
  void anObserverFollowsAFailover() {
    try (Stage stage = Stage.open(2);
        RedisFailoverClient observer = stage.observer()) {
      RedisNode old = stage.group().master();
      observer.set("before", "1");
      old.kill();
      RedisNode master = stage.group().awaitMasterOtherThan(old);
      // A write on a connection that died while idle has, rightly or not, an unknown outcome.
      await().atMost(Duration.ofSeconds(10)).until(() -> Stage.knows(observer.topology(), master));

      assertThat(observer.set("after", "2")).isEqualTo("OK");
      assertThat(master.command("GET", "after")).isEqualTo("2");
      assertThat(stage.monitors().switches()).hasSize(1);
    }
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
