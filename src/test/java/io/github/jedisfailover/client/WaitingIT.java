package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.config.SideEffect;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.args.ListDirection;
import redis.clients.jedis.args.SortedSetOption;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.params.XReadParams;

/** Commands that wait on the server: for as long as was asked, on whichever master. */
class WaitingIT {
  private static final StreamEntryID FIRST = new StreamEntryID("1-0");

  private final FaultStage stage = new FaultStage();

  @AfterEach
  void close() {
    stage.close();
  }

  private RedisFailoverClient impatient(Consumer<RedisFailoverClient.Builder> more) {
    return stage.client(
        b -> {
          b.clientConfig(DefaultJedisClientConfig.builder().socketTimeoutMillis(300).build());
          b.callTimeout(Duration.ofSeconds(2));
          more.accept(b);
        });
  }

  private static void patientConsumers(RedisFailoverClient.Builder b) {
    b.retry(RetryPolicy.DEFAULT.repeating(SideEffect.BLOCKING_POP));
  }

  /** Each waits for ever for what the second part gives. */
  static Stream<Arguments> waits() {
    return Stream.of(
        wait("BLPOP", r -> r.blpop(0, "l"), r -> r.lpush("l", "x")),
        wait("BRPOP", r -> r.brpop(0.0, "l"), r -> r.lpush("l", "x")),
        wait("BRPOPLPUSH", r -> r.brpoplpush("l", "m", 0), r -> r.lpush("l", "x")),
        wait(
            "BLMOVE",
            r -> r.blmove("l", "m", ListDirection.LEFT, ListDirection.LEFT, 0),
            r -> r.lpush("l", "x")),
        wait("BLMPOP", r -> r.blmpop(0, ListDirection.LEFT, "l"), r -> r.lpush("l", "x")),
        wait("BZPOPMIN", r -> r.bzpopmin(0, "z"), r -> r.zadd("z", 1, "x")),
        wait("BZPOPMAX", r -> r.bzpopmax(0, "z"), r -> r.zadd("z", 1, "x")),
        wait("BZMPOP", r -> r.bzmpop(0, SortedSetOption.MIN, "z"), r -> r.zadd("z", 1, "x")),
        wait(
            "XREAD",
            r -> r.xread(XReadParams.xReadParams().block(0), Map.of("s", FIRST)),
            r -> r.xadd("s", StreamEntryID.NEW_ENTRY, Map.of("f", "x"))),
        wait(
            "XREADGROUP",
            r ->
                r.xreadGroup(
                    "g",
                    "BLOCK",
                    XReadGroupParams.xReadGroupParams().block(0),
                    Map.of("s", StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY)),
            r -> r.xadd("s", StreamEntryID.NEW_ENTRY, Map.of("f", "x"))));
  }

  private static Arguments wait(
      String name,
      Function<RedisFailoverClient, Object> wait,
      Function<RedisFailoverClient, Object> give) {
    return Arguments.of(name, wait, give);
  }

  private void withGroup(RedisFailoverClient redis) {
    redis.xgroupCreate("s", "g", StreamEntryID.XGROUP_LAST_ENTRY, true);
    stage.syncReplicas();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waits")
  void aConsumerWaitsOnAtTheNextMaster(
      String name,
      Function<RedisFailoverClient, Object> wait,
      Function<RedisFailoverClient, Object> give)
      throws Exception {
    try (RedisFailoverClient redis = impatient(WaitingIT::patientConsumers)) {
      withGroup(redis);
      Future<Object> waiting = stage.callers.submit(() -> wait.apply(redis));
      stage.callers.stayBlocked(waiting);
      stage.master.kill();
      stage.switchToOne();
      stage.callers.stayBlocked(waiting);
      give.apply(redis);
      assertThat(waiting.get(5, TimeUnit.SECONDS).toString()).contains("x");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waits")
  void onlyReadsGoOnByDefaultWhenTheMasterIsKilled(
      String name,
      Function<RedisFailoverClient, Object> wait,
      Function<RedisFailoverClient, Object> give)
      throws Exception {
    try (RedisFailoverClient redis = impatient(b -> {})) {
      withGroup(redis);
      Future<Object> waiting = stage.callers.submit(() -> wait.apply(redis));
      stage.callers.stayBlocked(waiting);
      stage.master.kill();
      stage.switchToOne();
      if (name.equals("XREAD")) {
        give.apply(redis);
        assertThat(waiting.get(5, TimeUnit.SECONDS)).isNotNull();
      } else {
        assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
            .hasCauseInstanceOf(OutcomeUnknownException.class)
            .hasMessageContaining(name);
      }
    }
  }

  /** The demoted master says UNBLOCKED: nothing was taken, so even the default waits on. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("waits")
  void aPlannedSwitchDisturbsNoWait(
      String name,
      Function<RedisFailoverClient, Object> wait,
      Function<RedisFailoverClient, Object> give)
      throws Exception {
    try (RedisFailoverClient redis = impatient(b -> {})) {
      withGroup(redis);
      Future<Object> waiting = stage.callers.submit(() -> wait.apply(redis));
      stage.callers.stayBlocked(waiting);
      stage.one.promote();
      stage.master.replicaOf(stage.one);
      stage.source.say(stage.one, stage.two, stage.master);
      stage.callers.stayBlocked(waiting);
      give.apply(redis);
      assertThat(waiting.get(5, TimeUnit.SECONDS).toString()).contains("x");
    }
  }

  @Test
  void aFrozenMasterIsLeftAndTheWaitGoesOnForTheTimeThatIsLeft() throws Exception {
    try (RedisFailoverClient redis = impatient(WaitingIT::patientConsumers)) {
      redis.ping();
      long start = System.nanoTime();
      Future<?> waiting = stage.callers.submit(() -> redis.blpop(4, "l"));
      stage.callers.stayBlocked(waiting);
      stage.master.freeze();
      stage.switchToOne();
      assertThat(waiting.get(10, TimeUnit.SECONDS)).isNull();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("neither cut short nor begun anew")
          .isBetween(Duration.ofMillis(3_900), Duration.ofMillis(7_000));
      assertThat(stage.one.calls("blpop")).isEqualTo(1);
    } finally {
      stage.master.thaw();
    }
  }

  @Test
  void aWaitThatEndsWhileThereIsNoMasterEndsWithNothing() throws Exception {
    try (RedisFailoverClient redis = impatient(WaitingIT::patientConsumers)) {
      Future<?> waiting = stage.callers.submit(() -> redis.blpop(1.5, "l"));
      stage.callers.stayBlocked(waiting);
      stage.source.say(null, stage.one);
      assertThat(waiting.get(1_900, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  @Test
  void aWaitForEverEndsWhenNoMasterIsFoundWithinTheCallTimeout() throws Exception {
    try (RedisFailoverClient redis = impatient(WaitingIT::patientConsumers)) {
      Future<?> waiting = stage.callers.submit(() -> redis.blpop(0, "l"));
      stage.callers.stayBlocked(waiting);
      await("longer than the call's time-out")
          .during(Duration.ofMillis(2_100))
          .until(() -> !waiting.isDone());
      stage.source.say(null, stage.one);
      stage.callers.stayBlocked(waiting);
      assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutcomeUnknownException.class);
      assertThatThrownBy(() -> redis.blpop(0, "l")).isInstanceOf(MasterUnavailableException.class);
    }
  }

  @Test
  void aWaitThatIsLongerThanTheSocketTimeoutIsNotCutShort() {
    try (RedisFailoverClient redis = impatient(b -> {})) {
      redis.set("k", "v");
      assertThat(redis.blpop(1, "l")).isNull();
      assertThat(redis.sendBlockingCommand(Protocol.Command.BLPOP, "l", "1")).isNull();
      assertThat(redis.waitReplicas("k", 5, 1_000)).isEqualTo(2);
      redis.xadd("s", StreamEntryID.NEW_ENTRY, Map.of("f", "x"));
      assertThat(
              redis.xread(
                  XReadParams.xReadParams().block(1_000),
                  Map.of("s", StreamEntryID.XREAD_NEW_ENTRY)))
          .isNull();
    }
  }

  @Test
  void aWaitForReplicasOfALostMasterIsNotAnsweredByTheNextOne() throws Exception {
    try (RedisFailoverClient redis = impatient(WaitingIT::patientConsumers)) {
      redis.set("k", "v");
      Future<?> waiting = stage.callers.submit(() -> redis.waitReplicas("k", 5, 0));
      stage.callers.stayBlocked(waiting);
      stage.one.promote();
      stage.master.replicaOf(stage.one);
      stage.source.say(stage.one, stage.two, stage.master);
      assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("WAIT");
    }
  }
}
