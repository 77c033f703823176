package io.github.jedisfailover.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;

/** A handover for which the orders take longer than the old master waits. */
class PromotionIT {

  /** Five seconds are over as soon as the target is a master. */
  private record SlowOrders(RedisNode target) implements MonotonicClock {
    @Override
    public long nanos() {
      return System.nanoTime() + ("master".equals(target.role()) ? 5_000_000_000L : 0);
    }

    @Override
    public Instant wallNow() {
      return Instant.now();
    }
  }

  @Test
  void isTakenBackWhenTheOldMasterMayHaveTakenWritesAgain() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(1);
      RedisNode old = group.master();
      RedisNode target = group.replicas().get(0);
      NodeOrders orders =
          new NodeOrders(DefaultJedisClientConfig.builder().build(), "static", 1_000);
      String history = old.info("replication").get("master_replid");
      Promotion promotion =
          new Promotion(
              orders,
              new SlowOrders(target),
              target.address(),
              Set.of(),
              new StaticRule.Known(old.address(), history));
      Optional<String> refusal = promotion.run(List.of(old.address(), target.address()));
      assertThat(refusal)
          .contains(
              "ABORTED and taken back: "
                  + old
                  + " takes writes again, its pause of 1500 ms was over too soon");
      assertThat(promotion.handedOver()).isFalse();
      assertThat(old.command("SET", "k", "v")).as("the pause is over").isEqualTo("OK");
      group.awaitInSync(old);
      orders.close();
    }
  }
}
