package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.JedisFailoverPool;
import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisPoolConfig;
import redis.clients.jedis.RedisProtocol;

class BuilderTest {
  @Test
  void refusesToStartWithoutAWayToFindTheMaster() {
    assertThatThrownBy(() -> RedisFailoverClient.builder().nodes("h:1").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("exactly one of monitor(MonitorConfig)")
        .hasMessageEndingWith("was []");
  }

  @Test
  void refusesTwoWaysToFindTheMaster() {
    assertThatThrownBy(
            () ->
                RedisFailover.builder()
                    .nodes("h:1")
                    .source(new HandFedSource())
                    .monitor(MonitorConfig.builder().voters("h:2").build())
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("was [monitor(MonitorConfig), source(TopologySource)]");
  }

  @Test
  void refusesToStartWithoutNodes() {
    assertThatThrownBy(() -> RedisFailover.builder().source(new HandFedSource()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("nodes must be set");
  }

  @Test
  void aPoolThatCannotStartNamesTheSettingAndLeavesNothingBehind() {
    MonitorConfig monitor = MonitorConfig.builder().voters("h:2").build();
    assertThatThrownBy(() -> new JedisFailoverPool("orders", Set.of(), monitor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nodes must be 1..100, was 0");
    assertThatThrownBy(() -> new JedisFailoverPool("two words", Set.of("h:1"), monitor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("masterName");
    assertThatThrownBy(() -> JedisFailoverPool.builder().nodes("h:1").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("was []");
    assertThatThrownBy(
            () ->
                JedisFailoverPool.builder()
                    .nodes("h:1")
                    .clientName("masterless")
                    .source(new HandFedSource())
                    .startTimeout(Duration.ofMillis(50))
                    .build())
        .isInstanceOf(MasterUnavailableException.class)
        .hasMessageContaining("no master found within 50 ms, asked [h:1]");
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("ha-masterless"));
  }

  @Test
  void aPoolOfJedisObjectsRefusesRESP3() {
    assertThatThrownBy(
            () ->
                JedisFailoverPool.builder()
                    .clientConfig(DefaultJedisClientConfig.builder().resp3().build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "clientConfig's protocol must be RESP2 or not set for a pool of Jedis objects, was"
                + " RESP3");
  }

  @Test
  void aPoolCopiesItsConfigurationOfObjectsOfEitherType() {
    JedisPoolConfig config = new JedisPoolConfig();
    config.setMaxTotal(3);
    JedisFailoverPool.Builder builder =
        JedisFailoverPool.builder()
            .nodes("h:1")
            .source(new HandFedSource())
            .startTimeout(Duration.ZERO)
            .poolConfig(config);
    config.setMaxTotal(5);
    try (JedisFailoverPool pool = builder.build()) {
      assertThat(pool.getMaxTotal()).isEqualTo(3);
      assertThat(pool.getCurrentHostMaster()).isNull();
    }
    try (JedisFailoverPool pool = builder.poolConfig(new ConnectionPoolConfig()).build()) {
      assertThat(pool.getMaxTotal()).isEqualTo(new ConnectionPoolConfig().getMaxTotal());
    }
  }

  @Test
  void keepsAnExplicitProtocolAndSettlesTheOthersWithoutAskingIfNotToWait() {
    assertThat(settled(DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3)))
        .isEqualTo(RedisProtocol.RESP3);
    assertThat(settled(DefaultJedisClientConfig.builder())).isEqualTo(RedisProtocol.RESP2);
    assertThat(settled(DefaultJedisClientConfig.builder().serverDefaultProtocol()))
        .isEqualTo(RedisProtocol.RESP2);
  }

  private static RedisProtocol settled(DefaultJedisClientConfig.Builder config) {
    try (RedisFailover ha =
        RedisFailover.builder()
            .nodes("h:1")
            .source(new HandFedSource())
            .startTimeout(Duration.ZERO)
            .clientConfig(config.build())
            .build()) {
      return ha.clientConfig().getRedisProtocol();
    }
  }
}
