package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.exceptions.NotAppliedException;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** Transactions on a healthy group, and with the master killed, frozen or demoted in the middle. */
class TransactionIT {
  private final FaultStage stage = new FaultStage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aTransactionBehavesAsInJedis() {
    try (RedisFailoverClient redis = stage.client()) {
      try (AbstractTransaction t = redis.multi()) {
        Response<Long> n = t.incr("n");
        t.set("text", "x");
        t.incr("text");
        List<Object> replies = t.exec();
        assertThat(replies).hasSize(3).startsWith(1L, "OK");
        assertThat(replies.get(2)).isInstanceOf(JedisDataException.class);
        assertThat(n.get()).isEqualTo(1);
      }
      try (AbstractTransaction t = redis.transaction(false)) {
        t.watch("n");
        assertThat(t.get("n").get()).isEqualTo("1"); // at once
        redis.incr("n");
        t.multi();
        t.incr("n");
        assertThat(t.exec()).isNull();
      }
      try (AbstractTransaction t = redis.multi()) {
        t.sendCommand(Protocol.Command.SET, "only-a-key");
        assertThatThrownBy(t::exec)
            .isInstanceOf(JedisDataException.class)
            .hasMessageStartingWith("EXECABORT");
      }
      try (AbstractTransaction t = redis.multi()) {
        t.incr("n");
        assertThat(t.discard()).isEqualTo("OK");
      }
      try (AbstractTransaction t = redis.multi()) {
        t.get("n");
        t.exec();
        t.multi(); // once more, without the commands of the first
        t.get("text");
        assertThat(t.exec()).containsExactly("x");
      }
      assertThat(stage.master.command("GET", "n")).isEqualTo("2");
    }
  }

  @Test
  void aMasterKilledBeforeExecMeansCertainlyNotApplied() {
    try (RedisFailoverClient redis = stage.client();
        AbstractTransaction t = redis.multi()) {
      t.incr("n");
      stage.master.kill();
      stage.switchToOne();
      assertThatThrownBy(t::exec).isInstanceOf(NotAppliedException.class);
      assertThat(stage.one.command("EXISTS", "n")).hasToString("0");
    }
  }

  @Test
  void aWatchedTransactionIsNotContinuedOnAnotherMaster() {
    try (RedisFailoverClient redis = stage.client();
        AbstractTransaction t = redis.transaction(false)) {
      t.watch("n");
      stage.master.kill();
      stage.switchToOne();
      t.multi();
      t.incr("n");
      assertThatThrownBy(t::exec).isInstanceOf(NotAppliedException.class);
    }
  }

  @Test
  void aTransactionGivenAsAFunctionBeginsAgainOnTheNextMaster() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("n", "20");
      stage.syncReplicas();
      AtomicInteger runs = new AtomicInteger();
      Future<String> transaction =
          stage.callers.submit(
              () ->
                  redis.transact(
                      t -> {
                        int now = Integer.parseInt(t.get("n").get());
                        if (runs.incrementAndGet() == 1) {
                          stage.master.kill();
                        }
                        t.multi();
                        t.set("n", "" + (now + 1));
                        return t.get("n");
                      },
                      "n"));
      await().until(() -> stage.source.hints.contains(stage.master.address()));
      stage.switchToOne();
      assertThat(transaction.get(5, TimeUnit.SECONDS)).isEqualTo("21");
      assertThat(runs).hasValue(2);
      assertThat(stage.one.command("GET", "n")).isEqualTo("21");
    }
  }

  @Test
  void optimisticTransactionsOfManyThreadsLoseNoUpdate() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      Future<?>[] threads = new Future<?>[4];
      for (int i = 0; i < threads.length; i++) {
        threads[i] =
            stage.callers.submit(
                () -> {
                  for (int turn = 0; turn < 25; turn++) {
                    redis.transact(
                        t -> {
                          String now = t.get("n").get();
                          t.multi();
                          return t.set("n", "" + (now == null ? 1 : Long.parseLong(now) + 1));
                        },
                        "n");
                  }
                });
      }
      for (Future<?> thread : threads) {
        thread.get(20, TimeUnit.SECONDS);
      }
      assertThat(stage.master.command("GET", "n")).isEqualTo("100");
    }
  }

  @Test
  void aWatchThatIsAlwaysBrokenEndsWithTheAttempts() {
    try (RedisFailoverClient redis =
        stage.client(b -> b.retry(RetryPolicy.DEFAULT.withMaxAttempts(3)))) {
      assertThatThrownBy(
              () ->
                  redis.transact(
                      t -> {
                        redis.incr("n");
                        t.multi();
                        return t.set("n", "0");
                      },
                      "n"))
          .isInstanceOf(NotAppliedException.class)
          .hasMessageContaining("3 attempts")
          .hasMessageContaining("watched key");
      assertThat(stage.master.command("GET", "n")).isEqualTo("3");
    }
  }

  @Test
  void aMasterFrozenBeforeQueueingMeansNotApplied() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      stage.syncReplicas();
      AbstractTransaction t = redis.multi();
      t.incr("n");
      stage.master.freeze();
      Future<List<Object>> exec = stage.callers.submit(t::exec);
      stage.callers.stayBlocked(exec);
      stage.switchToOne();
      assertThatThrownBy(() -> exec.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(NotAppliedException.class);
      t.close();
    } finally {
      stage.master.thaw();
    }
  }

  @Test
  void aBreakWhileExecRunsIsUnknownAndNotRepeated() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      stage.syncReplicas();
      AtomicInteger runs = new AtomicInteger();
      Future<Object> transaction =
          stage.callers.submit(
              () ->
                  redis.transact(
                      t -> {
                        runs.incrementAndGet();
                        t.incr("n");
                        return t.eval("while true do end"); // EXEC is under way
                      }));
      stage.callers.stayBlocked(transaction);
      stage.master.kill();
      assertThatThrownBy(() -> transaction.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutcomeUnknownException.class);
      assertThat(runs).hasValue(1);
    }
  }

  @Test
  void aDemotedMasterRefusesAndTheFunctionMovesOn() {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("k", "v");
      stage.syncReplicas();
      AbstractTransaction before = redis.multi();
      before.incr("n");
      stage.one.promote();
      stage.master.replicaOf(stage.one);
      assertThatThrownBy(before::exec)
          .isInstanceOf(NotAppliedException.class)
          .hasMessageContaining("READONLY");
      before.close();
      stage.source.onHint(() -> stage.source.say(stage.one, stage.two));
      assertThat(redis.<Long>transact(t -> t.incr("n"))).isEqualTo(1);
      assertThat(stage.one.command("GET", "n")).isEqualTo("1");
    }
  }

  @Test
  void whatTheFunctionThrowsDiscardsTheTransaction() {
    try (RedisFailoverClient redis = stage.client()) {
      assertThatThrownBy(
              () ->
                  redis.transact(
                      t -> {
                        t.incr("n");
                        throw new IllegalArgumentException("by hand");
                      }))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(redis.exists("n")).isFalse();
    }
  }

  /** Both halves or none, and nothing twice, with the master killed in the middle of many. */
  @Test
  void throughAKillEachTransactionIsAppliedWhollyAndAtMostOnce() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      AtomicLong acknowledged = new AtomicLong();
      AtomicLong unknown = new AtomicLong();
      AtomicBoolean stop = new AtomicBoolean();
      Future<?>[] writers = new Future<?>[4];
      for (int i = 0; i < writers.length; i++) {
        writers[i] =
            stage.callers.submit(
                () -> {
                  while (!stop.get()) {
                    try {
                      redis.transact(
                          t -> {
                            t.incr("n");
                            return t.rpush("list", "x");
                          });
                      acknowledged.incrementAndGet();
                    } catch (OutcomeUnknownException e) {
                      unknown.incrementAndGet();
                    }
                  }
                });
      }
      await().until(() -> acknowledged.get() > 300);
      stage.master.kill();
      stage.callers.stayBlocked(writers);
      stage.switchToOne();
      long atSwitch = acknowledged.get();
      await().until(() -> acknowledged.get() > atSwitch + 300);
      stop.set(true);
      for (Future<?> writer : writers) {
        writer.get(10, TimeUnit.SECONDS); // nothing else was thrown
      }
      long counter = Long.parseLong(stage.one.command("GET", "n").toString());
      System.out.printf(
          "transactions through a kill: counter %d, acknowledged %d, unknown %d%n",
          counter, acknowledged.get(), unknown.get());
      assertThat(counter).isLessThanOrEqualTo(acknowledged.get() + unknown.get());
      assertThat(stage.one.command("LLEN", "list")).hasToString("" + counter);
    }
  }
}
