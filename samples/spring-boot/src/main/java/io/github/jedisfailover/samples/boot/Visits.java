package io.github.jedisfailover.samples.boot;

import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.connection.StringRedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Service;

/** A counter per session that forgets: one pipeline, which goes to the master as it writes. */
@Service
class Visits {
  private static final Duration FORGOTTEN = Duration.ofMinutes(30);

  private final StringRedisTemplate redis;

  Visits(StringRedisTemplate redis) {
    this.redis = redis;
  }

  long count(String session) {
    String key = "visits:" + session;
    List<Object> replies =
        redis.executePipelined(
            (RedisCallback<Object>)
                connection -> {
                  StringRedisConnection commands = (StringRedisConnection) connection;
                  commands.incr(key);
                  commands.expire(key, FORGOTTEN.toSeconds());
                  return null;
                });
    return (Long) replies.get(0);
  }
}
