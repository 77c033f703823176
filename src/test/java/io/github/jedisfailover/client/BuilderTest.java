package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.MonitorConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
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
