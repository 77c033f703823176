package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import io.github.jedisfailover.topology.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** What becomes of commands when the master dies, freezes or is demoted; told by the test. */
class FailoverIT {
  private final FaultStage stage = new FaultStage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aWriteWaitsForTheNewMasterAndGoesOn() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("k", "old");
      stage.syncReplicas();
      stage.master.kill();
      Future<String> write = stage.callers.submit(() -> redis.set("k", "new"));
      await().until(() -> stage.source.hints.contains(stage.master.address()));
      stage.switchToOne();
      assertThat(write.get(5, TimeUnit.SECONDS)).isEqualTo("OK");
      assertThat(stage.one.command("GET", "k")).isEqualTo("new");
    }
  }

  @Test
  void oneDeadConnectionMakesTheOtherIdleOnesDistrusted() {
    try (RedisFailoverClient redis = stage.client()) {
      FaultStage.warmUp(redis, 8);
      FaultStage.cutWarm(stage.master);
      assertThatThrownBy(() -> redis.incr("n")).isInstanceOf(OutcomeUnknownException.class);
      for (int i = 1; i <= 8; i++) {
        assertThat(redis.incr("n")).isEqualTo(i);
      }
    }
  }

  @Test
  void aDemotedMasterRefusesAndTheWriteMovesOn() {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("k", "v");
      stage.syncReplicas();
      stage.one.promote();
      stage.master.replicaOf(stage.one); // now answers READONLY
      AtomicInteger asked = new AtomicInteger();
      stage.source.onHint(
          () -> {
            if (asked.incrementAndGet() == 1) {
              stage.source.say(stage.one, stage.two);
            }
          });
      assertThat(redis.incr("n")).isEqualTo(1);
      assertThat(asked).hasPositiveValue();
      assertThat(stage.one.command("GET", "n")).isEqualTo("1");
    }
  }

  @Test
  void aScriptRefusedMidwayIsNotRepeated() {
    try (RedisFailoverClient redis = stage.client()) {
      assertThatThrownBy(() -> redis.eval("return redis.error_reply('READONLY by hand')"))
          .isInstanceOf(OutcomeUnknownException.class);
    }
  }

  @Test
  void errorRepliesReachTheCallerOnceAndUnchanged() {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("text", "x");
      assertThatThrownBy(() -> redis.incr("text"))
          .isExactlyInstanceOf(JedisDataException.class)
          .hasMessageStartingWith("ERR value is not an integer");
      assertThat(stage.source.hints).isEmpty();
    }
  }

  @Test
  void noIncrementIsAppliedTwiceThroughKillsUnderLoad() throws Exception {
    AtomicLong acknowledged = new AtomicLong();
    AtomicLong uncertain = new AtomicLong();
    AtomicLong other = new AtomicLong();
    AtomicBoolean stop = new AtomicBoolean();
    try (RedisFailoverClient redis = stage.client()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writers.add(
            stage.callers.submit(
                () -> {
                  while (!stop.get()) {
                    try {
                      redis.incr("n");
                      acknowledged.incrementAndGet();
                    } catch (OutcomeUnknownException e) {
                      uncertain.incrementAndGet();
                    } catch (JedisException e) {
                      other.incrementAndGet();
                    }
                  }
                }));
      }
      await().until(() -> acknowledged.get() > 500);
      stage.master.freeze(); // nothing acknowledged can get lost behind our back
      stage.callers.stayBlocked(writers.toArray(Future<?>[]::new));
      stage.switchToOne();
      long atSwitch = acknowledged.get();
      await().until(() -> acknowledged.get() > atSwitch + 500);
      stop.set(true);
      for (Future<?> writer : writers) {
        writer.get(10, TimeUnit.SECONDS);
      }
    } finally {
      stage.master.kill();
    }
    long applied = Long.parseLong(stage.one.command("GET", "n").toString());
    assertThat(other).hasValue(0);
    assertThat(uncertain.get()).isBetween(1L, 4L);
    assertThat(applied).isLessThanOrEqualTo(acknowledged.get() + uncertain.get());
  }

  @Test
  void anIdempotentWriteIsRepeatedIfTheUserOptedIn() throws Exception {
    try (RedisFailoverClient redis =
        stage.client(b -> b.retry(RetryPolicy.DEFAULT.repeatingIdempotentWrites()))) {
      redis.set("k", "v");
      FaultStage.warmUp(redis, 2);
      stage.syncReplicas();
      stage.master.freeze();
      Future<String> set = stage.callers.submit(() -> redis.set("k", "w"));
      Future<Long> increment = stage.callers.submit(() -> redis.incr("n"));
      stage.callers.stayBlocked(set, increment);
      stage.switchToOne();
      assertThat(set.get(3, TimeUnit.SECONDS)).isEqualTo("OK");
      assertThat(stage.one.command("GET", "k")).isEqualTo("w");
      assertThatThrownBy(() -> increment.get(3, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutcomeUnknownException.class);
    } finally {
      stage.master.thaw();
    }
  }

  @Test
  void anInterruptEndsAWaitingCallAndStaysVisible() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      stage.source.say(List.of(NodeView.replica(stage.one.address())));
      AtomicBoolean flag = new AtomicBoolean();
      Thread caller =
          new Thread(
              () -> {
                try {
                  redis.incr("n");
                } catch (JedisException e) {
                  flag.set(Thread.currentThread().isInterrupted());
                }
              });
      caller.start();
      await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
      caller.interrupt();
      caller.join(3_000);
      assertThat(flag).isTrue();
    }
  }
}
