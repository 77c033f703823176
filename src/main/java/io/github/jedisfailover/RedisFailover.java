package io.github.jedisfailover;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.health.HealthReport;
import io.github.jedisfailover.internal.jedis.JedisVersion;
import io.github.jedisfailover.topology.TopologyView;
import java.util.Objects;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.providers.ConnectionProvider;

/**
 * The machinery of {@link RedisFailoverClient} as a pair for Jedis' own client, so that code with
 * fields of type {@code RedisClient} changes only the builder call:
 *
 * <pre>{@code
 * RedisFailover ha = RedisFailover.builder()
 *     .nodes("10.0.0.1:6379", "10.0.0.2:6379", "10.0.0.3:6379")
 *     .monitor(monitor)
 *     .build();
 * RedisClient redis = RedisClient.builder()
 *     .clientConfig(ha.clientConfig())
 *     .connectionProvider(ha.connectionProvider())
 *     .commandExecutor(ha.commandExecutor())
 *     .build();
 * }</pre>
 *
 * <p>Pass all three. Without the executor nothing is routed to replicas or repeated; without the
 * configuration Jedis asks a connection for its protocol. Subscriptions of a {@code RedisClient}
 * end with an exception at a switch; {@link RedisFailoverClient} keeps them up. Closing the {@code
 * RedisClient} closes this object, and the other way round. Thread-safe.
 */
public final class RedisFailover implements AutoCloseable {
  private final Machinery machinery;

  private RedisFailover(Machinery machinery) {
    this.machinery = machinery;
  }

  /**
   * A builder with the defaults.
   *
   * @return the builder
   * @throws io.github.jedisfailover.exceptions.UnsupportedJedisException if the Jedis on the class
   *     path is older than 8.0
   */
  public static Builder builder() {
    JedisVersion.check();
    return new Builder();
  }

  /**
   * Connections of the current master, for pipelines, transactions, subscriptions and iterations.
   * Jedis' own pipelines and transactions keep theirs until they end: one that is cut fails with a
   * {@code JedisConnectionException}, and what it had sent may have been applied. Those of {@link
   * RedisFailoverClient} know more.
   *
   * @return the provider; a {@code PooledConnectionProvider}
   */
  public ConnectionProvider connectionProvider() {
    return machinery.provider();
  }

  /**
   * Routes and repeats single commands.
   *
   * @return the executor
   */
  public CommandExecutor commandExecutor() {
    return machinery.own().executor();
  }

  /**
   * An executor with another read policy over the same pools, for a further {@code RedisClient}
   * that is given the same provider and configuration. Closing it closes nothing.
   *
   * @param policy which nodes serve its reads
   * @return the executor
   */
  public CommandExecutor commandExecutor(ReadFrom policy) {
    return machinery.views().reading(Objects.requireNonNull(policy, "policy"));
  }

  /**
   * The client configuration as given, with the protocol settled: the one given, else what the
   * first node that answered within the start timeout speaks, else RESP2. All connections use the
   * same, so replies are never parsed with the wrong decoder. With a start timeout of zero no node
   * is asked: set the protocol to have RESP3.
   *
   * @return the configuration to pass to Jedis' builder
   */
  public JedisClientConfig clientConfig() {
    return machinery.clientConfig();
  }

  /**
   * A genuine {@code RedisClient} made of the three parts, for code that can change one line only.
   * It and this object are closed together. Call it once, or close only one of the clients made.
   *
   * @return the client
   */
  public RedisClient redisClient() {
    return RedisClient.builder()
        .clientConfig(clientConfig())
        .connectionProvider(connectionProvider())
        .commandExecutor(commandExecutor())
        .build();
  }

  /**
   * The same machinery as a client that does more than a {@code RedisClient} can: pipelines that
   * survive a failover, supervised subscriptions, views, sessions. It and this object are closed
   * together.
   *
   * @return the client; each call makes another one, over the same pools
   */
  public RedisFailoverClient failoverClient() {
    return new RedisFailoverClient(machinery);
  }

  /**
   * How this client is. Quick and without I/O: it tells what is known already, and may be asked as
   * often as a probe likes. Thread-safe; also once closed.
   *
   * @return the report
   */
  public HealthReport health() {
    return machinery.observation().health();
  }

  /**
   * What is known of the nodes.
   *
   * @return the view, which stays up to date
   */
  public TopologyView topology() {
    return machinery.topology();
  }

  /**
   * What can be changed while this client runs.
   *
   * @return the settings in force
   */
  public FailoverSettings settings() {
    return machinery.settings();
  }

  /** Ends all threads and connections; waiting callers fail at once. Later calls do nothing. */
  @Override
  public void close() {
    machinery.close();
  }

  /** Collects the settings and starts the pair. Not thread-safe. */
  public static final class Builder extends FailoverBuilder<Builder> {
    private Builder() {}

    /**
     * Starts everything and waits for the master, at most the start timeout. If a step fails,
     * whatever was started is closed again. The builder stays as it was.
     *
     * @return the running pair
     * @throws IllegalArgumentException if settings are missing or exclude each other
     * @throws io.github.jedisfailover.exceptions.MasterUnavailableException if no master was found
     *     in time; names the nodes that were asked
     */
    public RedisFailover build() {
      return new RedisFailover(start());
    }
  }
}
