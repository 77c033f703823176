package io.github.jedisfailover.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;

class FailoverConfigTest {
  private static List<Method> getters() {
    return Arrays.stream(FailoverConfig.class.getDeclaredMethods())
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !Modifier.isStatic(m.getModifiers()))
        .filter(m -> m.getParameterCount() == 0)
        .filter(m -> !m.getName().equals("toBuilder") && !m.getName().equals("toString"))
        .toList();
  }

  @Test
  void aCopyHasEverySetting() throws ReflectiveOperationException {
    GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
    pool.setMaxTotal(77);
    FailoverConfig plain =
        FailoverConfig.builder().nodes(new NodeAddress("127.0.0.1", 6379)).build();
    FailoverConfig changed =
        FailoverConfig.builder()
            .clientName("one")
            .masterName("orders")
            .nodes(new NodeAddress("127.0.0.2", 6380))
            .clientConfig(DefaultJedisClientConfig.builder().database(3).build())
            .poolConfig(pool)
            .readFrom(ReadFrom.ANY)
            .subscribeByReadFrom(true)
            .retry(RetryPolicy.DEFAULT.withMaxAttempts(7))
            .callTimeout(Duration.ofSeconds(7))
            .startTimeout(Duration.ofSeconds(8))
            .warmConnections(5)
            .warmTimeout(Duration.ofSeconds(6))
            .build();
    FailoverConfig copy = changed.toBuilder().build();
    for (Method getter : getters()) {
      assertThat(getter.invoke(changed))
          .as("%s is set to another value than its default", getter.getName())
          .isNotEqualTo(getter.invoke(plain));
      assertThat(getter.invoke(copy).toString())
          .as(getter.getName())
          .isEqualTo(getter.invoke(changed).toString());
    }
  }
}
