package io.github.jedisfailover.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.topology.NodeAddress;
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

  @Test
  void aPartitionCutsOnlyItsPairAndHeals() {
    String missing = Partition.missing();
    assumeTrue(missing.isEmpty(), missing);
    try (RedisServers servers = RedisServers.open();
        Partition partition = Partition.open()) {
      RedisNode one =
          servers.start(new NodeAddress("127.0.0.21", servers.ports().any("127.0.0.21")));
      RedisNode two =
          servers.start(new NodeAddress("127.0.0.22", servers.ports().any("127.0.0.22")));
      two.replicaOf(one);
      new RedisGroup(java.util.List.of(one, two)).awaitInSync(one);

      partition.around(one.address());
      assertThatThrownBy(() -> one.command("PING")).isInstanceOf(JedisConnectionException.class);
      assertThat(two.command("PING")).isEqualTo("PONG");

      partition.heal();
      assertThat(one.command("PING")).isEqualTo("PONG");
      assertThat(one.info("replication").get("slave0")).contains("ip=127.0.0.22");
    }
  }
}
