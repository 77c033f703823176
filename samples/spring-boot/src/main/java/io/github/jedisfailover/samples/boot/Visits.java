package io.github.jedisfailover.samples.boot;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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
    byte[] key = ("visits:" + session).getBytes(StandardCharsets.UTF_8);
    List<Object> replies =
        redis.executePipelined(
            (RedisCallback<Object>)
                connection -> {
                  connection.stringCommands().incr(key);
                  connection.keyCommands().expire(key, FORGOTTEN.toSeconds());
                  return null;
                });
    return (Long) replies.get(0);
  }
}
