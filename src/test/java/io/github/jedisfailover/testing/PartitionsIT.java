package io.github.jedisfailover.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.testing.junit.WithReplicatedRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Cuts that packets fall into, and their end. */
@WithReplicatedRedis(partitions = true)
class PartitionsIT {
  @Test
  void anIsolatedMasterIsReplacedAndGivesWayWhenTheCutHeals(ReplicatedRedis redis) {
    RedisNode old = redis.master();
    redis.isolate(old);
    assertThatThrownBy(() -> old.command("PING")).isInstanceOf(JedisConnectionException.class);

    RedisNode next = redis.awaitMasterOtherThan(old);
    assertThat(redis.client().set("k", "v")).isEqualTo("OK");

    redis.heal();
    assertThat(redis.master()).isEqualTo(next);
    assertThat(redis.replicas()).contains(old);
  }

  @Test
  void aCutBetweenTwoNodesStopsTheCopyAlone(ReplicatedRedis redis) {
    RedisNode replica = redis.replicas().get(0);
    redis.cut(redis.master(), replica);
    redis.client().set("k", "not copied");
    redis.replicas().stream()
        .filter(r -> r != replica)
        .forEach(r -> await().until(() -> "not copied".equals(r.command("GET", "k"))));
    assertThat(replica.command("GET", "k")).isNotEqualTo("not copied");

    redis.heal();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> "not copied".equals(replica.command("GET", "k")));
  }
}
