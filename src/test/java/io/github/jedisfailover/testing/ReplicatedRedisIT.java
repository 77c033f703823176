package io.github.jedisfailover.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.junit.WithReplicatedRedis;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisSentinelClient;

/** Each fault does what it says, the monitors answer it, and the healing before the next test. */
@WithReplicatedRedis(password = "se cret/%")
class ReplicatedRedisIT {
  private final ReplicatedRedis redis;
  private final RedisFailoverClient client;

  ReplicatedRedisIT(ReplicatedRedis redis, RedisFailoverClient client) {
    this.redis = redis;
    this.client = client;
  }

  @Test
  void aKilledMasterIsReplacedAndHealingBringsItBackAsAReplica() {
    client.set("k", "before");
    redis.awaitReplicasInSync();

    RedisNode old = redis.killMaster();

    assertThat(client.setGet("k", "after")).isEqualTo("before");
    assertThat(redis.awaitMasterOtherThan(old)).isNotEqualTo(old);
    assertThat(old.isAlive()).isFalse();
    redis.heal();
    assertThat(redis.replicas()).hasSize(2).contains(old);
    assertThat(old.command("GET", "k")).isEqualTo("after");
  }

  @Test
  void aFrozenMasterIsReplaced() {
    RedisNode old = redis.freezeMaster();
    assertThat(old.isFrozen()).isTrue();
    // Not before: a write that a frozen master has been sent ends with an unknown outcome.
    assertThat(redis.awaitMasterOtherThan(old)).isNotEqualTo(old);
    assertThat(client.set("k", "v")).isEqualTo("OK");
  }

  @Test
  void aSlowMasterAnswersLateAndStaysTheMaster() {
    RedisNode master = redis.master();
    master.slow(Duration.ofMillis(200));
    long begin = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      client.set("k", "" + i);
    }
    // A write that follows a reply comes when the next sleep has begun: it waits most of it.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(500));
    master.slow(Duration.ZERO);
    redis.awaitAllWell();
    assertThat(redis.master()).isEqualTo(master);
  }

  @Test
  void aDemotedMasterTakesNoWritesUntilItIsHealed() {
    RedisNode master = redis.demoteMaster();
    assertThat(master.role()).isEqualTo("slave");
    assertThatThrownBy(redis::master)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one master expected, found []")
        .hasMessageContaining(master + " replica of ");
    redis.heal();
    assertThat(redis.master()).isEqualTo(master);
  }

  @Test
  void aPlannedSwitchGoesWhereItIsTold() {
    RedisNode target = redis.replicas().get(1);
    redis.switchover(target);
    assertThat(redis.master()).isEqualTo(target);
    assertThat(redis.switchover()).isNotEqualTo(target);
  }

  @Test
  void aMasterThatComesBackEmptyIsReplacedByOneWithTheData() {
    client.set("k", "kept");
    redis.awaitReplicasInSync();
    RedisNode master = redis.master().empty();
    redis.awaitMasterOtherThan(master);
    redis.heal();
    assertThat(client.get("k")).isEqualTo("kept");
  }

  @Test
  void aRestartedNodeHasItsData() {
    client.set("k", "kept");
    assertThat(redis.replicas().get(0).restart().isAlive()).isTrue();
    RedisNode master = redis.master().restart();
    assertThat(master.command("GET", "k")).isEqualTo("kept");
  }

  @Test
  void twoOfThreeMonitorsFailOverAndTheThirdComesBack() {
    redis.monitors().get(0).stop();
    RedisNode old = redis.killMaster();
    assertThat(client.set("k", "v")).isEqualTo("OK");
    redis.awaitMasterOtherThan(old);
    redis.heal();
    assertThat(redis.monitors()).allMatch(LocalVoter::isRunning);
    assertThat(redis.dump()).contains("Monitors:", "votes, epoch ", old + " replica of ");
  }

  @Test
  void anApplicationConnectsByUriAndThroughTheMonitorsAsSentinels() {
    try (RedisFailoverClient byUri = RedisFailoverClient.builder().uri(redis.uri()).build()) {
      byUri.set("k", "by uri");
    }
    try (RedisSentinelClient plain =
        RedisSentinelClient.builder()
            .masterName(redis.masterName())
            .sentinels(
                redis.monitorAddresses().stream()
                    .map(a -> new HostAndPort(a.host(), a.port()))
                    .collect(Collectors.toSet()))
            .clientConfig(
                DefaultJedisClientConfig.builder().password(redis.password().orElseThrow()).build())
            .build()) {
      assertThat(plain.get("k")).isEqualTo("by uri");
    }
    redis.flushAll();
    assertThat(client.get("k")).isNull();
  }
}
