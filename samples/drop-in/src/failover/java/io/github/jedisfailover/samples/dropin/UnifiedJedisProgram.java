package io.github.jedisfailover.samples.dropin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;

/** Works with a {@code UnifiedJedis}. */
public final class UnifiedJedisProgram {
  private UnifiedJedisProgram() {}

  public static List<Object> run(Settings settings) {
    try (UnifiedJedis redis = io.github.jedisfailover.RedisFailoverClient.builder().nodes(settings.nodeArray()).monitor(settings.monitor()).readFrom(io.github.jedisfailover.config.ReadFrom.MASTER).build()) {
      return twentyOperations(redis);
    }
  }

  private static List<Object> twentyOperations(UnifiedJedis redis) {
    List<Object> replies = new ArrayList<>();
    replies.add(redis.set("name", "orders"));
    replies.add(redis.get("name"));
    replies.add(redis.setex("session", 60, "open"));
    replies.add(redis.incr("counter"));
    replies.add(redis.append("name", ":eu"));
    replies.add(redis.mset("a", "1", "b", "2"));
    replies.add(redis.mget("a", "b", "none"));
    replies.add(redis.hset("order:1", Map.of("state", "paid", "total", "12")));
    replies.add(new TreeMap<>(redis.hgetAll("order:1")));
    replies.add(redis.rpush("queue", "x", "y", "z"));
    replies.add(redis.lrange("queue", 0, 1));
    replies.add(redis.sadd("tags", "new", "eu"));
    replies.add(redis.sismember("tags", "eu"));
    replies.add(redis.zadd("ranking", Map.of("anna", 2.0, "bert", 1.0)));
    replies.add(redis.zrangeWithScores("ranking", 0, -1));
    replies.add(redis.exists("name", "none"));
    replies.add(redis.eval("return redis.call('INCRBY', KEYS[1], ARGV[1])", 1, "counter", "5"));
    try (AbstractPipeline pipeline = redis.pipelined()) {
      Response<Long> pushed = pipeline.rpush("queue", "last");
      Response<String> taken = pipeline.lpop("queue");
      pipeline.sync();
      replies.add(List.of(pushed.get(), taken.get()));
    }
    try (AbstractTransaction transaction = redis.multi()) {
      transaction.incr("counter");
      transaction.get("counter");
      replies.add(transaction.exec());
    }
    replies.add(redis.scan("0", new ScanParams().match("order:*").count(1000)).getResult());
    return replies;
  }
}
