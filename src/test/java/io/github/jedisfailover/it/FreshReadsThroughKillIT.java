package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.FailoverSession;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testsupport.SequenceCheck;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Bounds and sessions while the master dies and replicas stall for moments. */
class FreshReadsThroughKillIT {
  private static final Duration BOUND = Duration.ofMillis(150);

  /** Stalls all nodes but the master in turn, for less than anybody calls down. */
  private static final class Stalls implements AutoCloseable {
    private final Thread thread;
    private volatile boolean stopping;

    Stalls(Stage stage) {
      thread = new Thread(() -> run(stage), "stalls");
      thread.setDaemon(true);
      thread.start();
    }

    private void run(Stage stage) {
      try {
        for (int turn = 0; !stopping; turn++) {
          for (RedisNode node : stage.group().nodes()) {
            if (!stopping && node.isAlive() && "slave".equals(node.role())) {
              node.freeze();
              TimeUnit.MILLISECONDS.sleep(250);
              node.thaw();
            }
            TimeUnit.MILLISECONDS.sleep(100);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      stopping = true;
      try {
        thread.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static long gets(Stage stage) {
    return stage.group().replicas().stream().mapToLong(n -> n.calls("get")).sum();
  }

  /** A write that a replica has confirmed is not lost: the best replica is promoted. */
  private static boolean confirmedWrite(UnifiedJedis redis, long n) {
    try (AbstractPipeline pipeline = redis.pipelined()) {
      pipeline.set("n", "" + n);
      Response<Long> copies = pipeline.waitReplicas("n", 1, 1_000);
      pipeline.sync();
      return copies.get() >= 1;
    } catch (JedisException e) {
      return false;
    }
  }

  @Test
  void noReplicaBeyondTheBoundServesAReadThroughAKill() throws Exception {
    try (Stage stage = Stage.open(2);
        SequenceCheck writes = SequenceCheck.writingIf(n -> confirmedWrite(stage.client(), n))) {
      UnifiedJedis bounded = stage.client().reading(ReadFrom.REPLICA_PREFERRED.within(BOUND));
      SequenceCheck.Reading reading = writes.reading(BOUND, 2, () -> bounded.get("n"));
      long before = gets(stage);
      RedisNode old = stage.group().master();
      try (Stalls stalls = new Stalls(stage)) {
        writes.awaitMore(300);
      }
      long atReplicas = gets(stage) - before;
      old.kill();
      RedisNode master = stage.awaitClientLeft(old);
      writes.awaitMore(50);
      stage.returnAsReplica(old, master);
      try (Stalls stalls = new Stalls(stage)) {
        writes.awaitMore(300);
      }
      reading.stop();
      SequenceCheck.Seen seen = reading.seen(atReplicas);
      System.out.println("bound " + BOUND.toMillis() + " ms through a kill: " + seen);
      assertThat(seen.beyond()).isZero();
      assertThat(seen.failed()).isZero();
      assertThat(atReplicas).isPositive();
    }
  }

  @Test
  void noReadOfASessionMissesAWriteThatSurvived() {
    LongAdder stale = new LongAdder();
    LongAdder lost = new LongAdder();
    try (Stage stage = Stage.open(2)) {
      UnifiedJedis atMaster = stage.client().reading(ReadFrom.MASTER);
      ThreadLocal<FailoverSession> sessions = ThreadLocal.withInitial(stage.client()::session);
      Workload.Call pair =
          (thread, turn) -> {
            String key = "pair:" + thread;
            sessions.get().set(key, "" + turn);
            for (int i = 0; i < 5; i++) {
              if (!("" + turn).equals(sessions.get().get(key))) {
                (("" + turn).equals(atMaster.get(key)) ? stale : lost).increment();
              }
            }
          };
      Workload load = Workload.start("pairs", 8, pair);
      try (load) {
        RedisNode old = stage.group().master();
        try (Stalls stalls = new Stalls(stage)) {
          load.awaitMore(1_500);
        }
        old.kill();
        RedisNode master = stage.awaitClientLeft(old);
        load.awaitMore(200);
        stage.returnAsReplica(old, master);
        try (Stalls stalls = new Stalls(stage)) {
          load.awaitMore(1_500);
        }
      }
      System.out.printf(
          "pairs %d through a kill: %d stale, %d reads of lost writes, %d unknown%n",
          load.answered(), stale.sum(), lost.sum(), load.unknown());
      assertThat(stale.sum()).isZero();
      assertThat(load.failures()).isEmpty();
    }
  }
}
