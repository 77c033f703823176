package io.github.jedisfailover.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** The test bench itself: a fault that does nothing would make every other test pass. */
class RedisServersIT {
  @Test
  void aGroupIsInSyncAndSurvivesItsFaults() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(2);
      RedisNode master = group.master();
      assertThat(group.replicas()).hasSize(2);

      master.command("SET", "k", "v");
      group.awaitReplicated();
      assertThat(group.replicas().get(0).command("GET", "k")).isEqualTo("v");

      master.freeze();
      assertThatThrownBy(() -> master.command("PING")).isInstanceOf(JedisConnectionException.class);
      master.thaw();
      assertThat(master.command("PING")).isEqualTo("PONG");

      master.kill();
      assertThat(master.isAlive()).isFalse();
      assertThat(servers.alive()).hasSize(2);
      master.start();
      assertThat(master.role()).isEqualTo("master");
    }
  }

  @Test
  void nothingIsLeftAfterClose() {
    RedisServers servers = RedisServers.open();
    RedisNode node = servers.start();
    node.freeze();
    servers.close();
    assertThat(node.isAlive()).isFalse();
    assertThat(FreePorts.isFree(RedisServers.LOOPBACK, node.port())).isTrue();
  }
}
