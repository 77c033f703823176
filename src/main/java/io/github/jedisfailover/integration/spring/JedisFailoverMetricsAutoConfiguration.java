package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.integration.micrometer.MicrometerFailoverMetrics;
import io.github.jedisfailover.internal.jedis.JedisVersion;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Figures of the auto-configured client in the application's {@link MeterRegistry}; a bean of type
 * {@link FailoverMetrics} takes its place.
 */
@AutoConfiguration(
    before = JedisFailoverAutoConfiguration.class,
    afterName =
        "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnBooleanProperty(name = "jedis-failover.enabled", matchIfMissing = true)
@ConditionalOnClass(value = MeterRegistry.class, name = JedisVersion.MARKER)
@Conditional(OnFailoverSettings.class)
@ConditionalOnBean(MeterRegistry.class)
public final class JedisFailoverMetricsAutoConfiguration {
  /** Made by Spring Boot. */
  JedisFailoverMetricsAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(FailoverMetrics.class)
  MicrometerFailoverMetrics jedisFailoverMetrics(MeterRegistry registry) {
    return new MicrometerFailoverMetrics(registry);
  }
}
