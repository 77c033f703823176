package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.FailoverPipeline;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import io.github.jedisfailover.testing.RedisNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HashImport;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.resps.Tuple;
import redis.clients.jedis.util.PrefixedKeyArgumentPreProcessor;

/** Pipelines on a healthy group, and with the master killed, frozen or demoted in the middle. */
class PipelineIT {
  private final FaultStage stage = new FaultStage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void repliesComeInOrderAndErrorsStayWithTheirCommand() {
    try (RedisFailoverClient redis = stage.client();
        FailoverPipeline pipeline = redis.pipelined()) {
      pipeline.set("k", "x");
      Response<Long> wrong = pipeline.incr("k");
      Response<String> value = pipeline.get("k");
      assertThatThrownBy(value::get).isInstanceOf(IllegalStateException.class);
      List<Object> all = pipeline.syncAndReturnAll();
      assertThat(all).hasSize(3).startsWith("OK").endsWith("x");
      assertThat(all.get(1)).isInstanceOf(JedisDataException.class);
      assertThatThrownBy(wrong::get).isInstanceOf(JedisDataException.class);
      assertThat(value.get()).isEqualTo("x");
      assertThat(pipeline.hasPipelinedResponse()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void keyPrefixAndProtocolAreTheClients(RedisProtocol protocol) {
    try (RedisFailoverClient redis =
        stage.client(
            b -> b.clientConfig(DefaultJedisClientConfig.builder().protocol(protocol).build()))) {
      redis.setKeyArgumentPreProcessor(new PrefixedKeyArgumentPreProcessor("p:"));
      String script = redis.scriptLoad("return redis.call('INCR', KEYS[1])");
      try (FailoverPipeline pipeline = redis.pipelined()) {
        pipeline.zadd("z", 1.5, "m");
        Response<List<Tuple>> scores = pipeline.zrangeWithScores("z", 0, -1);
        pipeline.evalsha(script, List.of("n"), List.of());
        pipeline.sync();
        assertThat(scores.get()).containsExactly(new Tuple("m", 1.5));
      }
      redis.transact(t -> t.set("k", "v"));
    }
    assertThat(stage.master.command("EXISTS", "p:z", "p:n", "p:k")).hasToString("3");
    assertThat(stage.master.command("DBSIZE")).hasToString("3");
  }

  @Test
  void readsAloneGoToAReplicaAndWithAWriteToTheMaster() {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("k", "v");
      stage.syncReplicas();
      long atMaster = stage.master.calls("get");
      try (FailoverPipeline pipeline = redis.pipelined()) {
        Response<String> value = pipeline.get("k");
        pipeline.sync();
        assertThat(value.get()).isEqualTo("v");
        assertThat(stage.master.calls("get")).isEqualTo(atMaster);
        pipeline.set("k", "w");
        pipeline.sync();
        Response<String> own = pipeline.get("k"); // its own write, so not from a replica
        pipeline.sync();
        assertThat(own.get()).isEqualTo("w");
      }
      assertThat(stage.master.calls("get")).isEqualTo(atMaster + 1);
    }
  }

  @Test
  void aLargePipelineIsSentInParts() {
    try (RedisFailoverClient redis = stage.client();
        FailoverPipeline pipeline = redis.pipelined(10)) {
      List<Response<Long>> numbers = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        numbers.add(pipeline.incr("n"));
      }
      assertThat(numbers.get(19).get()).isEqualTo(20);
      assertThat(stage.master.command("GET", "n")).isEqualTo("20");
      assertThat(pipeline.syncAndReturnAll()).hasSize(25).endsWith(25L);
    }
  }

  @Test
  void nothingSentToADeadMasterIsSentToTheNextOne() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("k", "v");
      stage.syncReplicas();
      stage.master.kill();
      FailoverPipeline pipeline = redis.pipelined();
      List<Response<Long>> pushes = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        pushes.add(pipeline.rpush("list", "" + i));
      }
      Future<?> sync = stage.callers.submit(pipeline::sync);
      await().until(() -> stage.source.hints.contains(stage.master.address()));
      stage.switchToOne();
      sync.get(5, TimeUnit.SECONDS);
      for (int i = 0; i < 100; i++) {
        assertThat(pushes.get(i).get()).isEqualTo(i + 1);
      }
    }
  }

  @Test
  void aFrozenMasterLeavesWritesUnknownAndNothingIsRepeated() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("k", "v");
      stage.syncReplicas();
      stage.master.freeze();
      FailoverPipeline pipeline = redis.pipelined();
      Response<String> set = pipeline.set("a", "1");
      Response<Long> increment = pipeline.incr("a");
      Future<List<Object>> sync = stage.callers.submit(pipeline::syncAndReturnAll);
      stage.callers.stayBlocked(sync);
      stage.switchToOne();
      assertThatThrownBy(() -> sync.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("2 with unknown outcome");
      assertThatThrownBy(set::get).isInstanceOf(OutcomeUnknownException.class);
      assertThatThrownBy(increment::get)
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("INCR");
      assertThat(stage.one.command("EXISTS", "a")).hasToString("0");
      pipeline.close(); // nothing is left to send
      assertThat(stage.one.command("EXISTS", "a")).hasToString("0");
    } finally {
      stage.master.thaw();
    }
  }

  @Test
  void optedInWritesAndReadsMoveOnFromAFrozenMaster() throws Exception {
    try (RedisFailoverClient redis =
        stage.client(b -> b.retry(RetryPolicy.DEFAULT.repeatingIdempotentWrites()))) {
      redis.set("k", "v");
      stage.syncReplicas();
      stage.master.freeze();
      FailoverPipeline pipeline = redis.pipelined();
      pipeline.set("a", "1");
      pipeline.set("a", "2");
      Response<String> value = pipeline.get("a");
      Future<?> sync = stage.callers.submit(pipeline::sync);
      stage.callers.stayBlocked(sync);
      stage.switchToOne();
      sync.get(5, TimeUnit.SECONDS);
      assertThat(value.get()).isEqualTo("2");
    } finally {
      stage.master.thaw();
    }
  }

  @Test
  void readsMoveOnFromAKilledAndFromAFrozenReplica() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("k", "v");
      stage.syncReplicas();
      readPipelines(redis, 4);
      stage.one.kill();
      readPipelines(redis, 4);
      stage.two.freeze();
      Future<?> reads = stage.callers.submit(() -> readPipelines(redis, 1));
      stage.callers.stayBlocked(reads);
      stage.source.say(stage.master);
      reads.get(5, TimeUnit.SECONDS);
    } finally {
      stage.two.thaw();
    }
  }

  private static void readPipelines(RedisFailoverClient redis, int count) {
    for (int i = 0; i < count; i++) {
      try (FailoverPipeline pipeline = redis.pipelined()) {
        pipeline.get("k");
        pipeline.get("k");
        assertThat(pipeline.syncAndReturnAll()).containsExactly("v", "v");
      }
    }
  }

  @Test
  void aDemotedMasterRefusesAndTheWholeRestMovesOnInOrder() {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("k", "old");
      stage.syncReplicas();
      stage.one.promote();
      stage.master.replicaOf(stage.one); // answers READONLY to writes and the old value to reads
      stage.source.onHint(() -> stage.source.say(stage.one, stage.two));
      try (FailoverPipeline pipeline = redis.pipelined()) {
        pipeline.set("k", "new");
        pipeline.get("k");
        pipeline.incr("n");
        assertThat(pipeline.syncAndReturnAll()).containsExactly("OK", "new", 1L);
      }
    }
  }

  @Test
  void withoutAMasterItEndsInTimeAndNothingIsApplied() {
    try (RedisFailoverClient redis = stage.client(b -> b.callTimeout(Duration.ofMillis(200)))) {
      stage.master.kill();
      FailoverPipeline pipeline = redis.pipelined();
      Response<Long> increment = pipeline.incr("n");
      assertThatThrownBy(pipeline::sync)
          .isInstanceOf(MasterUnavailableException.class)
          .hasMessageContaining("1 certainly not applied");
      assertThatThrownBy(increment::get)
          .isInstanceOf(MasterUnavailableException.class)
          .hasMessageContaining("INCR");
    }
  }

  @Test
  void whatNeedsAConnectionOfItsOwnIsRefused() {
    try (RedisFailoverClient redis = stage.client();
        FailoverPipeline pipeline = redis.pipelined();
        AbstractTransaction transaction = redis.multi();
        HashImport fields = HashImport.of("f")) {
      assertThatThrownBy(() -> pipeline.himportSet("k", fields, "v"))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("HIMPORT");
      assertThatThrownBy(() -> transaction.himportSet("k", fields, "v"))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("HIMPORT");
    }
  }

  @Test
  void badBoundsAreNamed() {
    try (RedisFailoverClient redis = stage.client()) {
      assertThatThrownBy(() -> redis.pipelined(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("maxBuffered must be 1..1000000, was 0");
    }
  }

  /**
   * Each pipeline pushes five numbers; the master is killed, and returns as a replica, in between.
   */
  @Test
  void throughKillsNothingIsDoubledAndTheOrderIsKept() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      List<RedisNode> masters = List.of(stage.one, stage.two);
      List<Long> acknowledged = new ArrayList<>();
      List<Long> unknown = new ArrayList<>();
      PipelineWriter writer = new PipelineWriter(redis, acknowledged, unknown);
      Future<?> writing = stage.callers.submit(writer);
      RedisNode old = stage.master;
      for (RedisNode next : masters) {
        long before = writer.done();
        await().until(() -> writer.done() > before + 100);
        old.kill();
        next.promote();
        if (next == stage.one) {
          stage.two.replicaOf(next);
          stage.source.say(next, stage.two);
          await().until(() -> stage.two.isInSyncWith(next.address()));
        } else {
          stage.source.say(next);
        }
        old = next;
      }
      long before = writer.done();
      await().until(() -> writer.done() > before + 100);
      writer.stop();
      writing.get(10, TimeUnit.SECONDS);

      List<Long> list =
          ((List<?>) old.command("LRANGE", "list", "0", "-1"))
              .stream().map(o -> Long.valueOf(o.toString())).toList();
      System.out.printf(
          "pipelines through kills: %d in the list, %d acknowledged, %d unknown, %d not applied%n",
          list.size(), acknowledged.size(), unknown.size(), writer.notApplied());
      assertThat(list).doesNotHaveDuplicates().isSorted();
      List<Long> strangers = new ArrayList<>(list);
      strangers.removeAll(acknowledged);
      assertThat(unknown).containsAll(strangers);
      long counter = Long.parseLong(old.command("GET", "counter").toString());
      assertThat(counter).isLessThanOrEqualTo(acknowledged.size() + unknown.size());
    }
  }
}
