package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.internal.jedis.JedisVersion;
import io.github.jedisfailover.metrics.FailoverMetrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/**
 * One client that survives failovers, and Spring Data's connection factory over it, when {@code
 * jedis-failover.nodes} or {@code .sentinels} is set, or a bean of type {@link
 * JedisFailoverConnectionDetails} is there. Templates, repositories, sessions and caches are Boot's
 * own. Backs off where the application has beans of these types.
 */
@AutoConfiguration(before = DataRedisAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "jedis-failover.enabled", matchIfMissing = true)
@ConditionalOnClass(
    value = {JedisConnectionFactory.class, DataRedisProperties.class},
    name = JedisVersion.MARKER)
@Conditional(OnFailoverSettings.class)
@EnableConfigurationProperties({JedisFailoverProperties.class, DataRedisProperties.class})
public final class JedisFailoverAutoConfiguration {
  /** Made by Spring Boot. */
  JedisFailoverAutoConfiguration() {}

  /** Closed after everything that uses it: after the web server and the connection factory. */
  @Bean
  @ConditionalOnMissingBean({RedisFailover.class, RedisFailoverClient.class})
  RedisFailover redisFailover(
      JedisFailoverProperties properties,
      DataRedisProperties springData,
      ObjectProvider<DataRedisConnectionDetails> springDataDetails,
      ObjectProvider<JedisFailoverConnectionDetails> details,
      ObjectProvider<JedisFailoverBuilderCustomizer> customizers) {
    SpringDataDefaults defaults =
        new SpringDataDefaults(
            springData,
            springDataDetails.getIfAvailable(() -> new DataRedisConnectionDetails() {}));
    return new ClientAssembly(defaults, properties.values())
        .start(details.getIfAvailable(), customizers.orderedStream().toList());
  }

  /** Listeners and figures; first, so that the application's own can change it. */
  @Bean
  @Order(Integer.MIN_VALUE)
  JedisFailoverBuilderCustomizer jedisFailoverObservers(
      ObjectProvider<FailoverListener> listeners, ObjectProvider<FailoverMetrics> metrics) {
    return builder -> {
      listeners.orderedStream().forEach(builder::listener);
      metrics.ifUnique(builder::metrics);
    };
  }

  /** Shares everything with the bean above, which closes it. */
  @Bean(destroyMethod = "")
  @ConditionalOnBean(RedisFailover.class)
  @ConditionalOnMissingBean
  RedisFailoverClient redisFailoverClient(RedisFailover failover) {
    return failover.failoverClient();
  }

  @Bean
  @ConditionalOnBean({RedisFailover.class, RedisFailoverClient.class})
  @ConditionalOnMissingBean(RedisConnectionFactory.class)
  JedisConnectionFactory redisConnectionFactory(
      RedisFailover failover, RedisFailoverClient client, Environment environment) {
    RedisStandaloneConfiguration seed = new RedisStandaloneConfiguration();
    client.settings().nodes().stream()
        .findFirst()
        .ifPresent(
            node -> {
              seed.setHostName(node.host());
              seed.setPort(node.port());
            });
    FailoverConnectionFactory factory = new FailoverConnectionFactory(failover, client, seed);
    if (Threading.VIRTUAL.isActive(environment)) {
      SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("redis-");
      executor.setVirtualThreads(true);
      factory.setExecutor(executor);
    }
    return factory;
  }
}
