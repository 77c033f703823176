package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.internal.jedis.JedisVersion;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Health of all {@link RedisFailoverClient} beans, as {@code jedisFailover}, unless {@code
 * management.health.jedis-failover.enabled} is {@code false}.
 */
@AutoConfiguration(after = JedisFailoverAutoConfiguration.class)
@ConditionalOnClass(
    value = {HealthContributor.class, ConditionalOnEnabledHealthIndicator.class},
    name = JedisVersion.MARKER)
@ConditionalOnEnabledHealthIndicator("jedis-failover")
@ConditionalOnBean(RedisFailoverClient.class)
public final class JedisFailoverHealthAutoConfiguration
    extends CompositeHealthContributorConfiguration<
        JedisFailoverHealthIndicator, RedisFailoverClient> {
  /** Made by Spring Boot. */
  JedisFailoverHealthAutoConfiguration() {
    super(JedisFailoverHealthIndicator::new);
  }

  @Bean
  @ConditionalOnMissingBean(
      name = {"jedisFailoverHealthIndicator", "jedisFailoverHealthContributor"})
  HealthContributor jedisFailoverHealthContributor(ConfigurableListableBeanFactory beans) {
    return createContributor(beans, RedisFailoverClient.class);
  }
}
