package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.internal.jedis.JedisVersion;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Ends the start with a message that tells what to write when the Jedis on the class path is older
 * than the library needs: Boot's dependency management pins it. Names no class of Jedis.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "jedis-failover.enabled", matchIfMissing = true)
@ConditionalOnMissingClass(JedisVersion.MARKER)
@Conditional(OnFailoverSettings.class)
public final class JedisVersionAutoConfiguration {
  /** Made by Spring Boot. */
  JedisVersionAutoConfiguration() {}

  /** Before any other bean, so that nothing fails to link first. */
  @Bean
  static BeanFactoryPostProcessor jedisVersionCheck() {
    JedisVersion.check();
    return beans -> {};
  }
}
