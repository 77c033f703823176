package io.github.jedisfailover.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.junit.WithReplicatedRedis;
import org.junit.jupiter.api.Test;

/** Each fault of the kit does what it says, and healing undoes it. */
@WithReplicatedRedis
class ReplicatedRedisIT {
  @Test
  void aKilledMasterIsReplacedAndComesBackAsAReplica(
      ReplicatedRedis redis, RedisFailoverClient client) {
    client.set("k", "before");
    redis.awaitReplicasInSync();
    RedisNode old = redis.killMaster();

    client.set("k", "after");

    RedisNode next = redis.awaitMasterOtherThan(old);
    assertThat(next).isNotEqualTo(old);
    redis.heal();
    assertThat(redis.replicas()).hasSize(2).contains(old);
    assertThat(old.command("GET", "k")).isEqualTo("after");
  }

  @Test
  void startTimes() {
    for (int i = 0; i < 5; i++) {
      long t = System.nanoTime();
      try (ReplicatedRedis redis = ReplicatedRedis.start()) {
        long u = System.nanoTime();
        redis.client().set("a", "b");
        long v = System.nanoTime();
        redis.close();
        System.out.println(
            "start "
                + (u - t) / 1000000
                + " client "
                + (v - u) / 1000000
                + " close "
                + (System.nanoTime() - v) / 1000000);
      }
    }
  }
}
