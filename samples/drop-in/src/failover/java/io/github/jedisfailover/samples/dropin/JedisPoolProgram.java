package io.github.jedisfailover.samples.dropin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.params.ScanParams;

/** Works with a {@code JedisPool}. */
public final class JedisPoolProgram {
  private JedisPoolProgram() {}

  public static List<Object> run(Settings settings) {
    try (JedisPool pool = new io.github.jedisfailover.JedisFailoverPool("mymaster", settings.nodes(), settings.monitor())) {
      try (Jedis jedis = pool.getResource()) {
        return twentyOperations(jedis);
      }
    }
  }

  private static List<Object> twentyOperations(Jedis jedis) {
    List<Object> replies = new ArrayList<>();
    replies.add(jedis.set("name", "orders"));
    replies.add(jedis.get("name"));
    replies.add(jedis.setex("session", 60, "open"));
    replies.add(jedis.incr("counter"));
    replies.add(jedis.append("name", ":eu"));
    replies.add(jedis.mset("a", "1", "b", "2"));
    replies.add(jedis.mget("a", "b", "none"));
    replies.add(jedis.hset("order:1", Map.of("state", "paid", "total", "12")));
    replies.add(new TreeMap<>(jedis.hgetAll("order:1")));
    replies.add(jedis.rpush("queue", "x", "y", "z"));
    replies.add(jedis.lrange("queue", 0, 1));
    replies.add(jedis.sadd("tags", "new", "eu"));
    replies.add(jedis.sismember("tags", "eu"));
    replies.add(jedis.zadd("ranking", Map.of("anna", 2.0, "bert", 1.0)));
    replies.add(jedis.zrangeWithScores("ranking", 0, -1));
    replies.add(jedis.exists("name", "none"));
    replies.add(jedis.eval("return redis.call('INCRBY', KEYS[1], ARGV[1])", 1, "counter", "5"));
    try (Pipeline pipeline = jedis.pipelined()) {
      Response<Long> pushed = pipeline.rpush("queue", "last");
      Response<String> taken = pipeline.lpop("queue");
      pipeline.sync();
      replies.add(List.of(pushed.get(), taken.get()));
    }
    try (Transaction transaction = jedis.multi()) {
      transaction.incr("counter");
      transaction.get("counter");
      replies.add(transaction.exec());
    }
    replies.add(jedis.scan("0", new ScanParams().match("order:*").count(1000)).getResult());
    return replies;
  }
}
