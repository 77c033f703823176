package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.exceptions.ReplicaUnavailableException;
import io.github.jedisfailover.testsupport.SequenceCheck;
import io.github.jedisfailover.testsupport.SlowLink;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** Bounds on the lag, with one replica that gets the stream late; {@code -Dseconds=60} for more. */
class MaxLagIT {
  private static final int SECONDS = Integer.getInteger("seconds", 4);
  private static final Duration BOUND = Duration.ofMillis(150);
  private static final Duration LATE = Duration.ofMillis(400);

  private final FaultStage stage = new FaultStage();
  private final SlowLink slow = SlowLink.to(stage.master, LATE);

  @BeforeEach
  void delayOneReplica() {
    stage.one.command("REPLICAOF", slow.address().host(), "" + slow.address().port());
    await().until(() -> stage.one.isInSyncWith(slow.address()));
  }

  @AfterEach
  void close() {
    slow.close();
    stage.close();
  }

  @Test
  void noReplicaBeyondTheBoundServesARead() throws Exception {
    try (RedisFailoverClient redis = stage.client();
        SequenceCheck writes = SequenceCheck.writing(n -> redis.set("n", "" + n))) {
      SequenceCheck.Seen bounded =
          read(writes, redis.reading(ReadFrom.REPLICA_PREFERRED.within(BOUND)));
      SequenceCheck.Seen free = read(writes, redis.reading(ReadFrom.REPLICA_PREFERRED));
      System.out.println("bound " + BOUND.toMillis() + " ms: " + bounded + "; without: " + free);
      assertThat(bounded.beyond()).isZero();
      assertThat(bounded.atReplicas()).as("reads at replicas").isPositive();
      assertThat(free.beyond()).as("the lag is there").isPositive();
    }
  }

  /** The slow replica comes and goes, the quick one is paused now and then. */
  private SequenceCheck.Seen read(SequenceCheck writes, UnifiedJedis redis) throws Exception {
    long before = stage.one.calls("get") + stage.two.calls("get");
    SequenceCheck.Reading reading = writes.reading(BOUND, 3, () -> redis.get("n"));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    for (int turn = 0; System.nanoTime() < end; turn++) {
      slow.delay(turn % 2 == 0 ? LATE : Duration.ZERO);
      TimeUnit.MILLISECONDS.sleep(300);
      stage.two.freeze();
      TimeUnit.MILLISECONDS.sleep(200);
      stage.two.thaw();
    }
    reading.stop();
    return reading.seen(stage.one.calls("get") + stage.two.calls("get") - before);
  }

  @Test
  void withoutAProvenReplicaTheReadFailsOrFallsBack() {
    try (RedisFailoverClient redis = stage.client(b -> b.callTimeout(Duration.ofMillis(500)))) {
      redis.set("k", "v");
      stage.syncReplicas();
      stage.one.freeze();
      stage.two.freeze();
      try {
        UnifiedJedis strict = redis.reading(ReadFrom.REPLICA.within(BOUND));
        assertThatThrownBy(() -> strict.get("k"))
            .isInstanceOf(ReplicaUnavailableException.class)
            .hasMessageContaining("REPLICA;within=150ms")
            .hasMessageContaining("no proof");
        assertThat(redis.reading(ReadFrom.REPLICA_PREFERRED.within(BOUND)).get("k")).isEqualTo("v");
        assertThat(redis.reading(ReadFrom.REPLICA_PREFERRED.withinBytes(0)).get("k"))
            .isEqualTo("v");
      } finally {
        stage.one.thaw();
        stage.two.thaw();
      }
      assertThat(redis.reading(ReadFrom.REPLICA.within(Duration.ofSeconds(2))).get("k"))
          .isEqualTo("v");
    }
  }

  /** The proof is of the process that was asked, not of the address. */
  @Test
  void aReplicaThatReturnedEmptyServesNothing() {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("k", "v");
      stage.syncReplicas();
      UnifiedJedis bounded = redis.reading(ReadFrom.REPLICA_PREFERRED.within(Duration.ofHours(1)));
      await()
          .until(
              () -> {
                bounded.get("k");
                return stage.two.calls("get") > 5;
              });
      stage.two.kill();
      stage.two.start();
      for (int i = 0; i < 300; i++) {
        assertThat(bounded.get("k")).isEqualTo("v");
      }
      assertThat(stage.two.calls("get")).isZero();
    }
  }

  @Test
  void aBoundInBytesLeavesTheLateReplicaOut() {
    try (RedisFailoverClient redis = stage.client();
        SequenceCheck writes = SequenceCheck.writing(n -> redis.set("n", "" + n))) {
      writes.awaitMore(200);
      long before = stage.two.calls("get");
      long late = stage.one.calls("get");
      UnifiedJedis bounded = redis.reading(ReadFrom.REPLICA.withinBytes(400));
      await()
          .until(
              () -> {
                bounded.get("n");
                return stage.two.calls("get") > before + 50;
              });
      assertThat(stage.one.calls("get")).isEqualTo(late);
    }
  }
}
