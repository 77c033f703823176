package io.github.jedisfailover.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;

/** A setting that a copy forgets would change when another one is changed at run time. */
class FailoverConfigCopyTest {
  @Test
  void aCopyHasEverySetting() throws IllegalAccessException {
    FailoverConfig plain = FailoverConfig.builder().nodes("h:1").build();
    FailoverConfig other =
        FailoverConfig.builder()
            .nodes("a:1", "b:2")
            .masterName("orders")
            .clientName("shop")
            .clientConfig(DefaultJedisClientConfig.builder().database(3).build())
            .poolConfig(new ConnectionPoolConfig())
            .readFrom(ReadFrom.ANY)
            .subscribeByReadFrom(true)
            .retry(RetryPolicy.DEFAULT.withMaxAttempts(7))
            .callTimeout(Duration.ofSeconds(3))
            .startTimeout(Duration.ofSeconds(4))
            .build();
    FailoverConfig copy = other.toBuilder().build();
    for (Field field : FailoverConfig.class.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        assertThat(field.get(other))
            .as("%s: give this test a value of its own", field.getName())
            .isNotEqualTo(field.get(plain));
        assertThat(field.get(copy)).as(field.getName()).isEqualTo(field.get(other));
      }
    }
  }
}
