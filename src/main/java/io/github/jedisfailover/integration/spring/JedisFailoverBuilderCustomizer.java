package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.RedisFailover;

/**
 * Changes the builder of the auto-configured client after the configuration was applied to it and
 * before it starts: for what is no text, such as a read policy with a predicate or the TLS of a
 * voter. All beans of this type are called, in their order.
 */
@FunctionalInterface
public interface JedisFailoverBuilderCustomizer {
  /**
   * Called once at the start.
   *
   * @param builder of the client; must not be built here
   */
  void customize(RedisFailover.Builder builder);
}
