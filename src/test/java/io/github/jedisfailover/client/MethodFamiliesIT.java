package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.RedisFailoverClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.args.BitOP;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.SortingParams;

/** One command that writes and one that reads of each family with a type of its own. */
class MethodFamiliesIT {
  private final FaultStage stage = new FaultStage();

  /**
   * @param write must leave something to read
   */
  private record Family(
      String writes, Consumer<UnifiedJedis> write, String reads, Consumer<UnifiedJedis> read) {}

  private static final List<Family> FAMILIES =
      List.of(
          new Family("del", r -> r.del("gone"), "ttl", r -> r.ttl("str")),
          new Family("rename", MethodFamiliesIT::rename, "exists", r -> r.exists("str")),
          new Family("touch", r -> r.touch("str"), "type", r -> r.type("str")),
          new Family(
              "sort",
              r -> r.sort("list"),
              "sort_ro",
              r -> r.sortReadonly("list", new SortingParams())),
          new Family("set", r -> r.set("str", "v"), "get", r -> r.get("str")),
          new Family("append", r -> r.append("text", "v"), "strlen", r -> r.strlen("text")),
          new Family("setbit", r -> r.setbit("bits", 7, true), "getbit", r -> r.getbit("bits", 7)),
          new Family(
              "bitop", r -> r.bitop(BitOP.NOT, "b2", "bits"), "bitpos", MethodFamiliesIT::pos),
          new Family(
              "bitfield",
              r -> r.bitfield("bits", "GET", "u8", "0"),
              "bitfield_ro",
              r -> r.bitfieldReadonly("bits", "GET", "u8", "0")),
          new Family("rpush", r -> r.rpush("list", "1"), "lrange", r -> r.lrange("list", 0, -1)),
          new Family("hset", r -> r.hset("hash", "f", "v"), "hgetall", r -> r.hgetAll("hash")),
          new Family("sadd", r -> r.sadd("set", "m"), "smembers", r -> r.smembers("set")),
          new Family("zadd", r -> r.zadd("zset", 1, "m"), "zrange", r -> r.zrange("zset", 0, -1)));

  private static void rename(UnifiedJedis redis) {
    redis.set("from", "v");
    redis.rename("from", "to");
  }

  private static void pos(UnifiedJedis redis) {
    redis.bitpos("bits", true);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void whatWritesGoesToTheMasterAndWhatReadsToAReplica() {
    try (RedisFailoverClient redis = stage.client()) {
      for (Family family : FAMILIES) {
        long writes = stage.master.calls(family.writes());
        family.write().accept(redis);
        assertThat(stage.master.calls(family.writes())).isEqualTo(writes + 1);
        stage.syncReplicas();
        long reads = stage.one.calls(family.reads()) + stage.two.calls(family.reads());
        family.read().accept(redis);
        assertThat(stage.one.calls(family.reads()) + stage.two.calls(family.reads()))
            .as(family.reads())
            .isEqualTo(reads + 1);
        assertThat(stage.master.calls(family.reads())).as(family.reads()).isZero();
      }
    }
  }

  @Test
  void aPipelineOfAPlainClientStaysOnOneConnectionAndEndsWithIt() {
    try (RedisFailover ha =
            RedisFailover.builder().nodes(stage.master.address()).source(stage.source).build();
        RedisClient redis = ha.redisClient()) {
      Pipeline pipeline = redis.pipelined(); // closing it would fail as sync() does
      pipeline.set("k", "v");
      Response<Long> size = pipeline.dbSize();
      Response<List<String>> time = pipeline.time();
      pipeline.sync();
      assertThat(size.get()).isEqualTo(1);
      assertThat(time.get()).hasSize(2);
      stage.master.kill();
      pipeline.set("k", "w");
      assertThatThrownBy(pipeline::sync).isInstanceOf(JedisConnectionException.class);
    }
  }

  @Test
  void eachWaitsForTheNextMasterAndGoesOn() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      FAMILIES.forEach(family -> family.write().accept(redis));
      stage.syncReplicas();
      stage.master.kill();
      List<Future<?>> calls = new ArrayList<>();
      for (Family family : FAMILIES) {
        calls.add(stage.callers.submit(() -> family.write().accept(redis)));
        calls.add(stage.callers.submit(() -> family.read().accept(redis)));
      }
      await().until(() -> stage.source.hints.contains(stage.master.address()));
      stage.switchToOne();
      for (Future<?> call : calls) {
        call.get(20, TimeUnit.SECONDS);
      }
      for (Family family : FAMILIES) {
        assertThat(stage.one.calls(family.writes())).as(family.writes()).isPositive();
      }
    }
  }
}
