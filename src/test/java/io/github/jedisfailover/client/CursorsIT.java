package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.OnSwitch;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.exceptions.CursorLostException;
import io.github.jedisfailover.testing.RedisNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Cursors and iterations: on one server to the end, or an error. */
class CursorsIT {
  private static final int KEYS = 1_000;
  private static final ScanParams SOME = new ScanParams().count(20);

  private final FaultStage stage = new FaultStage();

  @AfterEach
  void close() {
    stage.close();
  }

  private void fill(RedisFailoverClient redis) {
    for (int i = 0; i < KEYS; i++) {
      redis.set("key:" + i, "v");
    }
    stage.syncReplicas();
  }

  @Test
  void anIterationOverReplicasDeliversEachOfAThousandKeysOnce() {
    try (RedisFailoverClient redis = stage.client(b -> b.readFrom(ReadFrom.REPLICA))) {
      fill(redis);
      for (int turn = 0; turn < 2; turn++) {
        long one = stage.one.calls("scan");
        long two = stage.two.calls("scan");
        List<String> keys = new ArrayList<>();
        redis.scanIteration(50, "key:*").collect(keys);
        assertThat(keys).hasSize(KEYS).doesNotHaveDuplicates();
        assertThat(List.of(stage.one.calls("scan") > one, stage.two.calls("scan") > two))
            .as("one node, not two")
            .containsOnlyOnce(true);
      }
      assertThat(stage.one.calls("scan")).as("they take turns").isPositive();
      assertThat(stage.two.calls("scan")).isPositive();
      assertThat(stage.master.calls("scan")).isZero();
    }
  }

  @Test
  void anIterationWhoseReplicaIsKilledEndsWithAClearError() {
    try (RedisFailoverClient redis = stage.client(b -> b.readFrom(ReadFrom.REPLICA))) {
      fill(redis);
      ScanIteration iteration = redis.scanIteration(50, "key:*");
      iteration.nextBatchList();
      RedisNode scanned = stage.one.calls("scan") > 0 ? stage.one : stage.two;
      kill(scanned);
      assertThatThrownBy(() -> iteration.collect(new ArrayList<>()))
          .isInstanceOf(CursorLostException.class)
          .hasMessageContaining(scanned.address().toString())
          .hasMessageContaining("begin again");
      assertThatThrownBy(iteration::nextBatchList).isInstanceOf(CursorLostException.class);
    }
  }

  @Test
  void anIterationBeginsAgainIfToldTo() {
    try (RedisFailoverClient redis = stage.client(b -> b.readFrom(ReadFrom.REPLICA))) {
      fill(redis);
      ScanIteration iteration = redis.scanIteration(50, "key:*", OnSwitch.RESTART);
      List<String> keys = new ArrayList<>(iteration.nextBatchList());
      int before = keys.size();
      kill(stage.one.calls("scan") > 0 ? stage.one : stage.two);
      iteration.collect(keys);
      assertThat(new HashSet<>(keys)).hasSize(KEYS);
      assertThat(keys).hasSize(before + KEYS);
    }
  }

  /** The topology loses the node, as a monitor would say. */
  private void kill(RedisNode node) {
    node.kill();
    stage.source.say(stage.master, node == stage.one ? stage.two : stage.one);
  }

  @Test
  void anIterationOfTheMasterEndsAtTheSwitch() {
    try (RedisFailoverClient redis = stage.client(b -> b.readFrom(ReadFrom.MASTER))) {
      fill(redis);
      ScanIteration iteration = redis.scanIteration(10, "key:*");
      iteration.nextBatchList();
      stage.switchToOne();
      assertThatThrownBy(iteration::nextBatchList)
          .isInstanceOf(CursorLostException.class)
          .hasMessageContaining(stage.master.address().toString());
    }
  }

  @Test
  void anIterationDoesNotGoOnInAProcessThatWasStartedAnew() {
    try (RedisFailoverClient redis = stage.client(b -> b.readFrom(ReadFrom.MASTER))) {
      fill(redis);
      ScanIteration iteration = redis.scanIteration(10, "key:*");
      iteration.nextBatchList();
      stage.master.kill();
      stage.master.start();
      assertThatThrownBy(iteration::nextBatchList)
          .isInstanceOf(CursorLostException.class)
          .hasMessageContaining("earlier start");
    }
  }

  static Stream<Named<BiFunction<RedisFailoverClient, String, ScanResult<?>>>> scans() {
    return Stream.of(
        Named.of("scan", (redis, cursor) -> redis.scan(cursor, SOME)),
        Named.of("hscan", (redis, cursor) -> redis.hscan("hash", cursor, SOME)),
        Named.of("sscan", (redis, cursor) -> redis.sscan("set", cursor, SOME)),
        Named.of("zscan", (redis, cursor) -> redis.zscan("zset", cursor, SOME)));
  }

  private void fillCollections(RedisFailoverClient redis) {
    fill(redis);
    for (int i = 0; i < KEYS; i++) {
      redis.hset("hash", "f" + i, "v");
      redis.sadd("set", "m" + i);
      redis.zadd("zset", i, "m" + i);
    }
    stage.syncReplicas();
  }

  @ParameterizedTest
  @MethodSource("scans")
  void aCursorIsNotUsedOnTheNextMaster(
      BiFunction<RedisFailoverClient, String, ScanResult<?>> scan) {
    try (RedisFailoverClient redis = stage.client()) {
      fillCollections(redis);
      String cursor = scan.apply(redis, "0").getCursor();
      assertThat(Long.parseLong(cursor)).isPositive();
      assertThat(scan.apply(redis, cursor).getResult()).isNotEmpty();
      stage.master.kill();
      stage.switchToOne();
      assertThatThrownBy(() -> scan.apply(redis, cursor))
          .isInstanceOf(CursorLostException.class)
          .hasMessageContaining("SCAN")
          .hasMessageContaining(stage.one.address().toString());

      int found = 0;
      String next = "0";
      do {
        ScanResult<?> step = scan.apply(redis, next);
        found += step.getResult().size();
        next = step.getCursor();
      } while (!next.equals("0"));
      assertThat(found).isGreaterThanOrEqualTo(KEYS);
    }
  }

  @Test
  void aStepOnAFrozenMasterThatIsLeftEndsAsALostCursor() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      fill(redis);
      String cursor = redis.scan("0", SOME).getCursor();
      stage.master.freeze();
      var step = stage.callers.submit(() -> redis.scan(cursor, SOME));
      stage.callers.stayBlocked(step);
      stage.switchToOne();
      assertThatThrownBy(step::get).hasCauseInstanceOf(CursorLostException.class);
    } finally {
      stage.master.thaw();
    }
  }

  @Test
  void cursorsOfAnotherClientAndOfPlainCommandsAreUnderstood() {
    try (RedisFailoverClient redis = stage.client();
        RedisFailoverClient other =
            RedisFailoverClient.builder()
                .nodes(stage.master.address())
                .source(HandFedSource.of(stage.master))
                .build()) {
      fill(redis);
      Set<Object> found = new HashSet<>();
      String next = "0";
      for (int i = 0; i == 0 || !next.equals("0"); i++) {
        ScanResult<String> step = (i % 2 == 0 ? redis : other).scan(next, SOME);
        found.addAll(step.getResult());
        next = step.getCursor();
      }
      assertThat(found).hasSize(KEYS);
      List<?> raw = (List<?>) redis.sendCommand(Protocol.Command.SCAN, "0");
      String cursor = new String((byte[]) raw.get(0));
      assertThat(redis.scan(cursor, SOME).getResult()).isNotEmpty();
      stage.master.kill();
      stage.switchToOne();
      assertThatThrownBy(() -> redis.sendCommand(Protocol.Command.SCAN, cursor))
          .isInstanceOf(CursorLostException.class);
    }
  }
}
