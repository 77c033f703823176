package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.FailoverPipeline;
import io.github.jedisfailover.FailoverSession;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.SessionToken;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.testsupport.SlowLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.UnifiedJedis;

/**
 * Sessions see their own writes while one replica is late by 30 ms and the other by nothing but its
 * own work. {@code -Dpairs=1000000} for the long run.
 */
class ReadYourWritesIT {
  private static final int PAIRS = Integer.getInteger("pairs", 20_000);
  private static final int THREADS = 4;

  /** Half of the reads follow their write at once, half come this many pairs later. */
  private static final int LATER = 512;

  private final FaultStage stage = new FaultStage();
  private final SlowLink slow = SlowLink.to(stage.master, Duration.ofMillis(30));

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
  void noReadOfASessionMissesItsOwnWrite() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      long first = System.nanoTime();
      Result with = run(redis::session);
      long took = System.nanoTime() - first;
      Result without = run(() -> redis.reading(ReadFrom.REPLICA_PREFERRED));
      System.out.printf(
          "pairs %d in %d ms: with a session %d stale, %.1f %% of the reads at replicas;"
              + " without %d stale (%.1f %%)%n",
          with.pairs,
          TimeUnit.NANOSECONDS.toMillis(took),
          with.stale,
          100.0 * with.atReplicas / with.pairs,
          without.stale,
          100.0 * without.stale / without.pairs);
      assertThat(with.stale).isZero();
      assertThat(with.atReplicas).as("reads at replicas").isPositive();
      assertThat(without.stale).as("the lag is there").isPositive();
    }
  }

  private record Result(long pairs, long stale, long atReplicas) {}

  private Result run(Supplier<? extends UnifiedJedis> sessions) throws Exception {
    AtomicLong stale = new AtomicLong();
    long before = stage.one.calls("get") + stage.two.calls("get");
    List<Future<?>> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      String prefix = "pair:" + t + ":";
      threads.add(stage.callers.submit(() -> stale.addAndGet(pairs(prefix, sessions))));
    }
    for (Future<?> thread : threads) {
      thread.get(30, TimeUnit.MINUTES);
    }
    long after = stage.one.calls("get") + stage.two.calls("get");
    return new Result((long) PAIRS / THREADS * THREADS, stale.get(), after - before);
  }

  /** Each slot is a session of its own with a key of its own. */
  private static long pairs(String prefix, Supplier<? extends UnifiedJedis> sessions) {
    int slots = 2 * LATER;
    List<UnifiedJedis> session = new ArrayList<>();
    long[] written = new long[slots];
    for (int i = 0; i < slots; i++) {
      session.add(sessions.get());
    }
    long stale = 0;
    for (int n = 1; n <= PAIRS / THREADS; n++) {
      int slot = n % slots;
      session.get(slot).set(prefix + slot, "" + n);
      written[slot] = n;
      int read = n % 2 == 0 || n <= LATER ? slot : (n - LATER) % slots;
      String seen = session.get(read).get(prefix + read);
      if (!("" + written[read]).equals(seen)) {
        stale++;
      }
    }
    return stale;
  }

  @Test
  void aTokenCarriesWhatWasWrittenToAnotherClient() {
    try (RedisFailoverClient here = stage.client();
        RedisFailoverClient there = stage.client()) {
      for (int n = 1; n <= 50; n++) {
        FailoverSession writer = here.session();
        writer.set("k", "" + n);
        String token = writer.token().toString();
        FailoverSession reader = there.session(SessionToken.parse(token));
        assertThat(reader.get("k")).isEqualTo("" + n);
        assertThat(reader.token()).hasToString(token);
      }
    }
  }

  @Test
  void aTokenThatWasReachedLetsReplicasServe() {
    try (RedisFailoverClient redis = stage.client()) {
      FailoverSession writer = redis.session();
      writer.set("k", "v");
      SessionToken token = writer.token();
      stage.syncReplicas();
      long before = stage.two.calls("get") + stage.one.calls("get");
      await()
          .until(
              () -> {
                assertThat(redis.session(token).get("k")).isEqualTo("v");
                return stage.two.calls("get") + stage.one.calls("get") > before + 2;
              });
    }
  }

  @Test
  void aTokenOfAnotherHistoryIsSafe() {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("k", "v");
      FailoverSession reader = redis.session(new SessionToken("f".repeat(40), 0));
      assertThat(reader.get("k")).isEqualTo("v");
    }
  }

  @Test
  void whatAPipelineOrATransactionWroteIsSeenToo() {
    try (RedisFailoverClient redis = stage.client()) {
      FailoverSession session = redis.session();
      for (int n = 1; n <= 50; n++) {
        try (FailoverPipeline pipeline = session.pipelined()) {
          pipeline.set("k", "p" + n);
          pipeline.sync();
          assertThat(session.get("k")).isEqualTo("p" + n);
        }
        assertThat(session.get("k")).isEqualTo("p" + n);
        try (AbstractTransaction transaction = session.multi()) {
          transaction.set("k", "t" + n);
          transaction.exec();
        }
        assertThat(session.reading(ReadFrom.REPLICA).get("k")).isEqualTo("t" + n);
      }
    }
  }
}
