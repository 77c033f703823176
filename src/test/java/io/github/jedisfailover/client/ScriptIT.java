package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.FailoverPipeline;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Scripts by their digest on nodes that have never seen them. */
class ScriptIT {
  private static final String ADD = "return redis.call('INCRBY', KEYS[1], ARGV[1])";
  private static final String READ = "return redis.call('GET', KEYS[1])";
  private static final List<String> KEY = List.of("n");

  private final FaultStage stage = new FaultStage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aPromotedMasterIsToldTheScript() {
    try (RedisFailoverClient redis = stage.client()) {
      String add = redis.scriptLoad(ADD);
      assertThat(redis.evalsha(add, KEY, List.of("5"))).isEqualTo(5L);
      stage.syncReplicas();
      stage.master.kill();
      stage.switchToOne();
      assertThat(redis.evalsha(add.toUpperCase(), KEY, List.of("2"))).isEqualTo(7L);
      assertThat(stage.one.command("SCRIPT", "EXISTS", add)).hasToString("[1]");
    }
  }

  @Test
  void aFrozenMasterLeavesAScriptUnknownAndOneThatReadsMovesOn() throws Exception {
    try (RedisFailoverClient redis = stage.client(b -> b.readFrom(ReadFrom.MASTER))) {
      String add = redis.scriptLoad(ADD);
      String read = redis.scriptLoad(READ);
      redis.evalsha(add, KEY, List.of("5"));
      stage.syncReplicas();
      stage.master.freeze();
      Future<?> adding = stage.callers.submit(() -> redis.evalsha(add, KEY, List.of("9")));
      Future<?> reading = stage.callers.submit(() -> redis.evalshaReadonly(read, KEY, List.of()));
      stage.callers.stayBlocked(adding);
      stage.callers.stayBlocked(reading);
      stage.switchToOne();
      assertThatThrownBy(() -> adding.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("EVALSHA");
      assertThat(reading.get(5, TimeUnit.SECONDS)).isEqualTo("5");
      assertThat(redis.evalsha(add, KEY, List.of("2"))).isEqualTo(7L);
    } finally {
      stage.master.thaw();
    }
  }

  @Test
  void pipelinesAndTransactionsKnowTheScriptToo() {
    try (RedisFailoverClient redis = stage.client()) {
      String add = redis.scriptLoad(ADD);
      stage.syncReplicas();
      stage.master.kill();
      stage.switchToOne();
      try (FailoverPipeline pipeline = redis.pipelined()) {
        pipeline.evalsha(add, KEY, List.of("1"));
        pipeline.evalsha(add, KEY, List.of("1"));
        assertThat(pipeline.syncAndReturnAll()).containsExactly(1L, 2L);
      }
      stage.one.command("SCRIPT", "FLUSH");
      try (AbstractTransaction t = redis.multi()) {
        t.evalsha(add, KEY, List.of("1"));
        assertThat(t.exec()).containsExactly(3L);
      }
    }
  }

  @Test
  void aReadingScriptOfWhichTheTextIsKnownRunsOnAReplica() {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("n", "1");
      stage.syncReplicas();
      redis.evalReadonly(READ, KEY, List.of());
      String read = stage.master.command("SCRIPT", "LOAD", READ).toString();
      long atMaster = stage.master.calls("evalsha_ro");
      for (int i = 0; i < 4; i++) {
        assertThat(redis.evalshaReadonly(read, KEY, List.of())).isEqualTo("1");
      }
      assertThat(stage.master.calls("evalsha_ro")).isEqualTo(atMaster);
    }
  }

  @Test
  void aScriptLoadedBySomebodyElseIsAskedForAtTheMaster() {
    try (RedisFailoverClient redis = stage.client()) {
      redis.set("n", "1");
      String read = stage.master.command("SCRIPT", "LOAD", READ).toString();
      assertThat(redis.evalshaReadonly(read, KEY, List.of())).isEqualTo("1");
    }
  }

  @Test
  void anUnknownOrFlushedScriptIsTheCallersMatter() {
    try (RedisFailoverClient redis = stage.client()) {
      assertThatThrownBy(() -> redis.evalsha("0".repeat(40), KEY, List.of("1")))
          .isInstanceOf(JedisNoScriptException.class);
      String add = redis.scriptLoad(ADD);
      redis.scriptFlush();
      assertThatThrownBy(() -> redis.evalsha(add, KEY, List.of("1")))
          .isInstanceOf(JedisNoScriptException.class);
    }
  }

  @Test
  void aScriptThatSaysNoscriptItselfIsNotRunAgain() {
    try (RedisFailoverClient redis = stage.client()) {
      String liar =
          redis.scriptLoad(
              "redis.call('INCR', KEYS[1]) return redis.error_reply('NOSCRIPT by hand')");
      assertThatThrownBy(() -> redis.evalsha(liar, KEY, List.of()))
          .isInstanceOf(JedisNoScriptException.class);
      assertThat(stage.master.command("GET", "n")).isEqualTo("1");
    }
  }
}
