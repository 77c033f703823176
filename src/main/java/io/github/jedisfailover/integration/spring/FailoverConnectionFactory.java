package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.RedisFailoverClient;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.executors.CommandExecutor;

/**
 * Spring Data's factory, whose connections are the shared client: pipelines, transactions and
 * subscriptions have its semantics. Stopping, pausing and destroying this factory does not close
 * the client, which others use and which ends with its own bean.
 */
final class FailoverConnectionFactory extends JedisConnectionFactory {
  private final RedisFailover failover;
  private final RedisFailoverClient client;

  FailoverConnectionFactory(
      RedisFailover failover, RedisFailoverClient client, RedisStandaloneConfiguration seed) {
    super(seed, JedisClientConfiguration.defaultConfiguration());
    this.failover = failover;
    this.client = client;
    setUseUnifiedJedis(true);
  }

  /** Only stands for "started": no command goes through it. */
  @Override
  protected RedisClient createRedisClient(RedisStandaloneConfiguration seed) {
    return RedisClient.builder()
        .clientConfig(failover.clientConfig())
        .connectionProvider(failover.connectionProvider())
        .commandExecutor(new Shared(failover.commandExecutor()))
        .build();
  }

  @Override
  protected UnifiedJedis getRequiredRedisClient() {
    super.getRequiredRedisClient(); // throws unless started
    return client;
  }

  /** Is not closed with whoever uses it. */
  private record Shared(CommandExecutor executor) implements CommandExecutor {
    @Override
    public <T> T executeCommand(CommandObject<T> command) {
      return executor.executeCommand(command);
    }

    @Override
    public void close() {
      // belongs to the client
    }
  }
}
