package io.github.jedisfailover;

import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySource;
import io.github.jedisfailover.topology.TopologyView;
import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.csc.Cache;

/**
 * A Jedis client that survives the death of its master: writes go to the master, reads to replicas,
 * and a failover needs no code in the application.
 *
 * <pre>{@code
 * try (RedisFailoverClient redis = RedisFailoverClient.builder()
 *     .nodes("10.0.0.1:6379", "10.0.0.2:6379", "10.0.0.3:6379") // any may be the master
 *     .masterName("orders")
 *     .readFrom(ReadFrom.REPLICA_PREFERRED)
 *     .callTimeout(Duration.ofSeconds(5))
 *     .monitor(MonitorConfig.builder()
 *         .voters("10.0.1.1:26379", "10.0.1.2:26379", "10.0.1.3:26379")
 *         .listen("10.0.1.1:26379") // this JVM's own vote; leave out to observe only
 *         .build())
 *     .build()) {
 *   redis.set("order:1", "paid");          // the master
 *   String state = redis.get("order:1");   // a replica: may lag behind
 * }
 * }</pre>
 *
 * <p><b>What happens to a call.</b>
 *
 * <ul>
 *   <li>Not sent, or refused by a node that is no master (any more) or still loading: repeated
 *       until {@code callTimeout}, then {@code MasterUnavailableException}. Certainly not applied.
 *   <li>A read that fails is repeated on the next node; {@code ReplicaUnavailableException} when
 *       none that the policy allows answers in time.
 *   <li>A write that was sent and got no reply is not repeated: {@code OutcomeUnknownException}. It
 *       may have been applied. With {@code RetryPolicy.repeatingIdempotentWrites()} those that are
 *       idempotent by name and arguments are.
 *   <li>Any other reply of the server, errors included, goes to the caller as it is.
 * </ul>
 *
 * <p><b>What can be lost.</b> Redis replicates asynchronously: a write that was acknowledged just
 * before its master died is gone if it had not reached the replica that was promoted.
 *
 * <p><b>Pipelines, transactions, subscriptions and iterations</b> hold a connection of the master.
 * At a switch it is cut: they fail with a {@code JedisConnectionException}, are never continued on
 * another node, and the caller starts again. What a pipeline or an {@code EXEC} had sent before may
 * have been applied.
 *
 * <p>Client-side caching is not offered: a switch would have to flush it without a gap.
 * Thread-safe; friendly to virtual threads.
 */
public final class RedisFailoverClient extends UnifiedJedis {
  private final Machinery machinery;

  private RedisFailoverClient(Machinery machinery) {
    super(machinery.executor(), machinery.provider(), machinery.clientConfig(), (Cache) null);
    this.machinery = machinery;
  }

  /**
   * A builder with the defaults.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * What is known of the nodes.
   *
   * @return the view, which stays up to date
   */
  public TopologyView topology() {
    return machinery.topology();
  }

  /** Ends all threads and connections; waiting callers fail at once. Later calls do nothing. */
  @Override
  public void close() {
    machinery.close();
  }

  /** Collects the settings; each setter checks its own value. Not thread-safe. */
  public static final class Builder {
    private final Settings settings = new Settings();

    private Builder() {}

    /**
     * Seed nodes: any of them may be the master, the roles are found by asking.
     *
     * @param addresses 1 to 100 different addresses
     * @return this builder
     * @throws IllegalArgumentException if an address is given twice or the number is out of range
     */
    public Builder nodes(NodeAddress... addresses) {
      settings.config.nodes(addresses);
      return this;
    }

    /**
     * As {@link #nodes(NodeAddress...)}, each {@code host:port}.
     *
     * @param addresses 1 to 100 different addresses
     * @return this builder
     * @throws IllegalArgumentException if an address is invalid or given twice
     */
    public Builder nodes(String... addresses) {
      settings.config.nodes(addresses);
      return this;
    }

    /**
     * Name of the master group, the same in all JVMs; default {@code mymaster}.
     *
     * @param name 1 to 128 printable ASCII characters without spaces or commas
     * @return this builder
     * @throws IllegalArgumentException if the name is invalid
     */
    public Builder masterName(String name) {
      settings.config.masterName(name);
      return this;
    }

    /**
     * Name in thread names, logs and events; default the master's name.
     *
     * @param name 1 to 128 printable ASCII characters without spaces or commas
     * @return this builder
     * @throws IllegalArgumentException if the name is invalid
     */
    public Builder clientName(String name) {
      settings.config.clientName(name);
      return this;
    }

    /**
     * How to connect: credentials, TLS, time-outs, protocol, database; default Jedis' own defaults.
     * The protocol is settled once, see {@link RedisFailover#clientConfig()}.
     *
     * @param clientConfig Jedis' configuration
     * @return this builder
     */
    public Builder clientConfig(JedisClientConfig clientConfig) {
      settings.config.clientConfig(clientConfig);
      return this;
    }

    /**
     * Sizes and limits of each node's pool; default {@code ConnectionPoolConfig}.
     *
     * @param poolConfig Commons Pool's configuration, copied
     * @return this builder
     */
    public Builder poolConfig(GenericObjectPoolConfig<Connection> poolConfig) {
      settings.config.poolConfig(poolConfig);
      return this;
    }

    /**
     * Which nodes serve reads; default {@link ReadFrom#REPLICA_PREFERRED}.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder readFrom(ReadFrom policy) {
      settings.config.readFrom(policy);
      return this;
    }

    /**
     * How calls are repeated; default {@link RetryPolicy#DEFAULT}.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder retry(RetryPolicy policy) {
      settings.config.retry(policy);
      return this;
    }

    /**
     * Deadline of one call with all its waits and repeats, 1 ms to 1 h; default 10 s. A reply that
     * is already being waited for is bounded by the socket time-out instead.
     *
     * @param timeout the duration, in whole milliseconds
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder callTimeout(Duration timeout) {
      settings.config.callTimeout(timeout);
      return this;
    }

    /**
     * How long {@link #build()} waits until the master is known, 0 to 1 h; default 10 s. Zero: it
     * does not wait and asks no node for its protocol.
     *
     * @param timeout the duration, in whole milliseconds
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder startTimeout(Duration timeout) {
      settings.config.startTimeout(timeout);
      return this;
    }

    /**
     * Follows a monitor of this client's own: a voter if it listens, else an observer. It ends with
     * the client.
     *
     * @param monitor the monitor's configuration
     * @return this builder
     */
    public Builder monitor(MonitorConfig monitor) {
      settings.monitor(monitor);
      return this;
    }

    /**
     * Follows a monitor that this JVM runs for several clients. It goes on when the client closes.
     *
     * @param monitor the running monitor
     * @return this builder
     */
    public Builder monitor(EmbeddedMonitor monitor) {
      settings.monitor(monitor);
      return this;
    }

    /**
     * Follows a source of the application's own. It is started by {@link #build()} and closed with
     * the client.
     *
     * @param source not yet started
     * @return this builder
     */
    public Builder source(TopologySource source) {
      settings.source(source);
      return this;
    }

    /**
     * Adds a listener; it is called on the client's own event thread.
     *
     * @param listener hears of switches
     * @return this builder
     */
    public Builder listener(FailoverListener listener) {
      settings.listener(listener);
      return this;
    }

    /**
     * Where figures go; default {@link FailoverMetrics#NONE}.
     *
     * @param metrics takes figures
     * @return this builder
     */
    public Builder metrics(FailoverMetrics metrics) {
      settings.metrics(metrics);
      return this;
    }

    /**
     * Starts everything and waits for the master, at most the start timeout. If a step fails,
     * whatever was started is closed again. The builder stays as it was.
     *
     * @return the running client
     * @throws IllegalArgumentException if settings are missing or exclude each other
     * @throws io.github.jedisfailover.exceptions.MasterUnavailableException if no master was found
     *     in time; names the nodes that were asked
     */
    public RedisFailoverClient build() {
      return new RedisFailoverClient(settings.start());
    }
  }
}
