package io.github.jedisfailover;

import io.github.jedisfailover.config.MonitorConfig;
import java.time.Duration;
import java.util.Set;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;

/** What a pool of {@code Jedis} objects makes of the settings it is given. */
final class JedisPoolSettings {
  /** The evictor's thread is shared by the whole JVM: closing never waits for it for long. */
  private static final Duration EVICTOR_PATIENCE = Duration.ofMillis(100);

  private JedisPoolSettings() {}

  /** Those of a constructor. */
  static JedisFailoverPool.Builder of(
      String masterName,
      Set<String> nodes,
      GenericObjectPoolConfig<Jedis> poolConfig,
      MonitorConfig monitor) {
    return JedisFailoverPool.builder()
        .masterName(masterName)
        .nodes(nodes.stream().sorted().toArray(String[]::new))
        .poolConfig(poolConfig)
        .monitor(monitor);
  }

  /**
   * A {@code Jedis} object on a given connection reads all replies as RESP2.
   *
   * @throws IllegalArgumentException if the configuration asks for RESP3
   */
  static JedisClientConfig resp2(JedisClientConfig config) {
    if (config.getRedisProtocol() == RedisProtocol.RESP3) {
      throw new IllegalArgumentException(
          "clientConfig's protocol must be RESP2 or not set for a pool of Jedis objects, was "
              + RedisProtocol.RESP3);
    }
    return config.isAutoNegotiateProtocol()
        ? DefaultJedisClientConfig.builder().from(config).serverDefaultProtocol().build()
        : config;
  }

  @SuppressWarnings("unchecked") // the type stands for the objects of an eviction policy only
  static GenericObjectPoolConfig<Jedis> copyOf(GenericObjectPoolConfig<?> config) {
    GenericObjectPoolConfig<Jedis> copy = (GenericObjectPoolConfig<Jedis>) config.clone();
    copy.setEvictorShutdownTimeout(EVICTOR_PATIENCE);
    return copy;
  }
}
