package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;

/** Replicas die and freeze under reads; the topology is told by the test. */
class ReadFaultsIT {
  private final FaultStage stage = new FaultStage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aKilledReplicaFailsNoRead() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("k", "v");
      stage.syncReplicas();
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger done = new AtomicInteger();
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        readers.add(
            stage.callers.submit(
                () -> {
                  while (!stop.get()) {
                    assertThat(redis.get("k")).isEqualTo("v");
                    done.incrementAndGet();
                  }
                }));
      }
      await().until(() -> done.get() > 200);
      stage.one.kill();
      int atKill = done.get();
      await().until(() -> done.get() > atKill + 2_000);
      stop.set(true);
      for (Future<?> reader : readers) {
        reader.get(10, TimeUnit.SECONDS);
      }
      assertThat(stage.source.hints).contains(stage.one.address());
    }
  }

  @Test
  void aKilledReplicaServesReadsAgainWhenItIsBack() {
    try (RedisFailoverClient redis = stage.client(b -> b.readFrom(ReadFrom.REPLICA))) {
      redis.set("k", "v");
      stage.syncReplicas();
      stage.one.kill();
      for (int i = 0; i < 6; i++) {
        assertThat(redis.get("k")).isEqualTo("v");
      }
      stage.one.startAsReplicaOf(stage.master);
      await().until(() -> stage.one.isInSyncWith(stage.master.address()));
      long before = stage.one.calls("get");
      // The breaker lets one call through after a second, and all of them once that succeeded.
      await()
          .until(
              () -> {
                redis.get("k");
                return stage.one.calls("get") > before + 3;
              });
    }
  }

  @Test
  void readsGoOnAtTheOtherReplicaWhileOneIsFrozen() throws Exception {
    try (RedisFailoverClient redis =
        stage.client(
            b ->
                b.clientConfig(
                    DefaultJedisClientConfig.builder().socketTimeoutMillis(300).build()))) {
      redis.set("k", "v");
      stage.syncReplicas();
      for (int i = 0; i < 4; i++) {
        redis.get("k");
      }
      stage.one.freeze();
      try {
        long start = System.nanoTime();
        for (int i = 0; i < 400; i++) {
          assertThat(redis.get("k")).isEqualTo("v");
        }
        // One time-out, then a probe a second: far from 200 time-outs of 300 ms.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      } finally {
        stage.one.thaw();
      }
    }
  }
}
