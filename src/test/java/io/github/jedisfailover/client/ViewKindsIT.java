package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.FailoverPipeline;
import io.github.jedisfailover.FailoverSession;
import io.github.jedisfailover.FailoverView;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.config.SideEffect;
import io.github.jedisfailover.exceptions.NotAppliedException;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import io.github.jedisfailover.testing.RedisNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.Response;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.json.JsonObjectMapper;
import redis.clients.jedis.json.Path2;
import redis.clients.jedis.util.PrefixedKeyArgumentPreProcessor;

/** What views do beside single reads: repeats, pipelines, iterations and subscriptions. */
class ViewKindsIT {
  private static final RetryPolicy COUNTING = RetryPolicy.DEFAULT.repeating(SideEffect.ACCUMULATES);

  private final FaultStage stage = new FaultStage();

  @AfterEach
  void close() {
    stage.close();
  }

  private void cutWarmConnection(RedisFailoverClient redis) {
    FaultStage.warmUp(redis, 1);
    FaultStage.cutWarm(stage.master);
  }

  @Test
  void anIncrementWithUnknownOutcomeIsRepeatedOnTheViewThatAcceptsIt() {
    try (RedisFailoverClient redis = stage.client()) {
      FailoverView counting = redis.retrying(COUNTING);
      cutWarmConnection(redis);
      assertThat(counting.incr("n")).isEqualTo(1);
      cutWarmConnection(redis);
      assertThatThrownBy(() -> redis.incr("n")).isInstanceOf(OutcomeUnknownException.class);
      cutWarmConnection(redis);
      assertThat(counting.reading(ReadFrom.MASTER).incr("n")).isEqualTo(2);
      cutWarmConnection(redis);
      assertThat(redis.reading(ReadFrom.MASTER).retrying(COUNTING).incr("n")).isEqualTo(3);
    }
  }

  @Test
  void aViewCanBeMoreCarefulThanItsClient() {
    try (RedisFailoverClient redis = stage.client(b -> b.retry(COUNTING))) {
      FailoverView careful = redis.retrying(RetryPolicy.DEFAULT);
      cutWarmConnection(redis);
      assertThatThrownBy(() -> careful.incr("n")).isInstanceOf(OutcomeUnknownException.class);
      cutWarmConnection(redis);
      assertThatThrownBy(() -> careful.reading(ReadFrom.MASTER).incr("n"))
          .isInstanceOf(OutcomeUnknownException.class);
      cutWarmConnection(redis);
      assertThat(redis.incr("n")).isEqualTo(1);
      cutWarmConnection(redis);
      assertThat(redis.reading(ReadFrom.MASTER).incr("n")).isEqualTo(2);
    }
  }

  @Test
  void aPipelineOfAViewRepeatsByTheViewsPolicy() {
    try (RedisFailoverClient redis = stage.client()) {
      cutWarmConnection(redis);
      assertThat(incremented(redis.retrying(COUNTING).pipelined())).isEqualTo(1);
      cutWarmConnection(redis);
      assertThatThrownBy(() -> incremented(redis.pipelined()))
          .isInstanceOf(OutcomeUnknownException.class);
    }
  }

  private static long incremented(FailoverPipeline opened) {
    try (FailoverPipeline pipeline = opened) {
      Response<Long> number = pipeline.incr("n");
      pipeline.sync();
      return number.get();
    }
  }

  @Test
  void aViewThatOnlyRepeatsOtherwiseFollowsTheReadPolicyInForce() {
    try (RedisFailoverClient redis = stage.client(b -> b.readFrom(ReadFrom.MASTER))) {
      FailoverView counting = redis.retrying(COUNTING);
      assertThat(atMaster("get", () -> counting.get("k"))).isEqualTo(1);
      redis.settings().readFrom(ReadFrom.REPLICA);
      assertThat(atMaster("get", () -> counting.get("k"))).isZero();
      redis.settings().readFrom(ReadFrom.LOWEST_LATENCY);
      assertThat(counting.get("k")).isNull();
    }
  }

  @Test
  void aPipelineOfAViewReadsWhereTheViewDoes() {
    try (RedisFailoverClient redis = stage.client(b -> b.readFrom(ReadFrom.MASTER))) {
      assertThat(atMaster("get", () -> read(redis.pipelined()))).isEqualTo(1);
      assertThat(atMaster("get", () -> read(redis.reading(ReadFrom.REPLICA).pipelined()))).isZero();
      ReadFrom bounded = ReadFrom.REPLICA_PREFERRED.within(Duration.ofSeconds(1));
      assertThat(atMaster("get", () -> read(redis.reading(bounded).pipelined())))
          .as("a proof is one of single reads")
          .isEqualTo(1);
    }
  }

  private static void read(FailoverPipeline opened) {
    try (FailoverPipeline pipeline = opened) {
      pipeline.get("k");
      pipeline.sync();
    }
  }

  private long atMaster(String command, Runnable call) {
    long before = stage.master.calls(command);
    call.run();
    return stage.master.calls(command) - before;
  }

  @Test
  void pipelinesAndTransactionsOfASessionSurviveAsTheClientsDo() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      FailoverSession session = redis.session();
      assertThat(atMaster("get", () -> read(session.pipelined()))).isEqualTo(1);
      cutWarmConnection(redis);
      assertThatThrownBy(() -> incremented(session.pipelined()))
          .isInstanceOf(OutcomeUnknownException.class);
      AbstractTransaction open = session.multi();
      open.incr("n");
      stage.syncReplicas();
      stage.master.kill();
      Future<Long> made = stage.callers.submit(() -> incremented(session.pipelined()));
      await().until(() -> stage.source.hints.contains(stage.master.address()));
      assertThatThrownBy(open::exec).isInstanceOf(NotAppliedException.class);
      open.close();
      stage.switchToOne();
      assertThat(made.get(10, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(session.get("n")).isEqualTo("1");
    }
  }

  @Test
  void pipelinesKeepTheJsonMapper() {
    try (RedisFailoverClient redis = stage.client()) {
      redis.setJsonObjectMapper(new Upper());
      for (FailoverPipeline opened :
          List.of(
              redis.pipelined(),
              redis.reading(ReadFrom.MASTER).pipelined(),
              redis.session().pipelined())) {
        try (FailoverPipeline pipeline = opened) {
          Response<String> set = pipeline.jsonSetWithEscape("k", Path2.ROOT_PATH, "mapped");
          pipeline.sync();
          // without the module the server repeats what it was sent
          assertThatThrownBy(set::get)
              .hasMessageContaining("JSON.SET")
              .hasMessageContaining("MAPPED");
        }
      }
    }
  }

  private static final class Upper implements JsonObjectMapper {
    @Override
    public <T> T fromJson(String text, Class<T> type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String toJson(Object value) {
      return value.toString().toUpperCase(Locale.ROOT);
    }
  }

  @Test
  void anIterationRunsWhereTheViewReadsAndThatOfASessionOnTheMaster() {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("k", "v");
      stage.syncReplicas();
      assertThat(atMaster("scan", () -> iterate(redis))).isZero();
      assertThat(atMaster("scan", () -> iterate(redis.reading(ReadFrom.MASTER)))).isPositive();
      assertThat(atMaster("scan", () -> iterate(redis.reading(ReadFrom.REPLICA)))).isZero();
      assertThat(atMaster("scan", () -> iterate(redis.session()))).isPositive();
    }
  }

  private static void iterate(UnifiedJedis redis) {
    ScanIteration iteration = redis.scanIteration(10, "*");
    assertThat(iteration.collect(new ArrayList<>())).containsExactly("k");
  }

  @Test
  void aTransactionOfAViewIsTheClients() {
    try (RedisFailoverClient redis = stage.client()) {
      long made = redis.reading(ReadFrom.REPLICA).transact(t -> t.incr("n"));
      assertThat(made).isEqualTo(1);
    }
  }

  @Test
  void subscriptionsOfViewsAndSessionsGoOnAtTheNextMaster() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      FailoverSession session = redis.session();
      FailoverView view = redis.reading(ReadFrom.MASTER);
      Heard ofView = new Heard();
      Heard ofSession = new Heard();
      Future<?> one = stage.callers.submit(() -> view.subscribe(ofView, "news"));
      Future<?> two = stage.callers.submit(() -> session.subscribe(ofSession, "news"));
      await().until(() -> ofView.isSubscribed() && ofSession.isSubscribed());
      stage.syncReplicas();
      stage.master.kill();
      stage.switchToOne();
      hear(ofView, stage.one);
      hear(ofSession, stage.one);
      ofView.unsubscribe();
      ofSession.unsubscribe();
      one.get(10, TimeUnit.SECONDS);
      two.get(10, TimeUnit.SECONDS);
    }
  }

  /** What is published before it is subscribed again is not delivered. */
  private static void hear(Heard heard, RedisNode from) {
    await()
        .until(
            () -> {
              from.command("PUBLISH", "news", "x");
              return !heard.words.isEmpty();
            });
  }

  private static final class Heard extends JedisPubSub {
    final Queue<String> words = new ConcurrentLinkedQueue<>();

    @Override
    public void onMessage(String channel, String message) {
      words.add(message);
    }
  }

  @Test
  void viewsAndSessionsKeepTheKeyPrefix() {
    try (RedisFailoverClient redis = stage.client(b -> b.readFrom(ReadFrom.MASTER))) {
      redis.setKeyArgumentPreProcessor(new PrefixedKeyArgumentPreProcessor("p:"));
      redis.set("k", "v");
      assertThat(stage.master.command("GET", "p:k")).isEqualTo("v");
      assertThat(redis.reading(ReadFrom.MASTER).retrying(COUNTING).get("k")).isEqualTo("v");
      assertThat(redis.session().get("k")).isEqualTo("v");
      assertThat(redis.session().reading(ReadFrom.MASTER).get("k")).isEqualTo("v");
    }
  }

  @Test
  void noClientAndNoViewHasACache() {
    try (RedisFailoverClient redis = stage.client()) {
      assertThat(redis.getCache()).isNull();
      assertThat(redis.reading(ReadFrom.REPLICA).getCache()).isNull();
      assertThat(redis.session().getCache()).isNull();
    }
  }
}
