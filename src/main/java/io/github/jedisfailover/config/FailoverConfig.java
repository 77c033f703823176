package io.github.jedisfailover.config;

import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/**
 * One client: where the nodes are, how to connect, and what a call may do.
 *
 * <p>Immutable, except that the pool configuration is Commons Pool's mutable type: it is copied
 * into each pool when the pool is made. Thread-safe.
 */
public final class FailoverConfig {
  private final String clientName;
  private final String masterName;
  private final List<NodeAddress> nodes;
  private final JedisClientConfig clientConfig;
  private final GenericObjectPoolConfig<Connection> poolConfig;
  private final ReadFrom readFrom;
  private final boolean subscribeByReadFrom;
  private final RetryPolicy retry;
  private final Duration callTimeout;
  private final Duration startTimeout;
  private final int warmConnections;
  private final Duration warmTimeout;

  private FailoverConfig(Builder b) {
    this.masterName = b.masterName;
    this.clientName = b.clientName == null ? b.masterName : b.clientName;
    this.nodes = b.nodes;
    this.clientConfig = b.clientConfig;
    this.poolConfig = b.poolConfig;
    this.readFrom = b.readFrom;
    this.subscribeByReadFrom = b.subscribeByReadFrom;
    this.retry = b.retry;
    this.callTimeout = b.callTimeout;
    this.startTimeout = b.startTimeout;
    this.warmConnections = b.warmConnections;
    this.warmTimeout = b.warmTimeout;
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
   * A builder with these settings.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    Builder copy = new Builder();
    copy.clientName = clientName;
    copy.masterName = masterName;
    copy.nodes = nodes;
    copy.nodesFound = nodes.isEmpty();
    copy.clientConfig = clientConfig;
    copy.poolConfig = poolConfig;
    copy.readFrom = readFrom;
    copy.subscribeByReadFrom = subscribeByReadFrom;
    copy.retry = retry;
    copy.callTimeout = callTimeout;
    copy.startTimeout = startTimeout;
    copy.warmConnections = warmConnections;
    copy.warmTimeout = warmTimeout;
    return copy;
  }

  /**
   * Name of this client in thread names, logs and events.
   *
   * @return the name; the master's name unless set
   */
  public String clientName() {
    return clientName;
  }

  /**
   * Name of the master group, as Sentinel uses it.
   *
   * @return the name
   */
  public String masterName() {
    return masterName;
  }

  /**
   * The seed nodes.
   *
   * @return the addresses in the given order; empty if the Sentinels name them
   */
  public List<NodeAddress> nodes() {
    return nodes;
  }

  /**
   * How to connect to Redis.
   *
   * @return Jedis' configuration
   */
  public JedisClientConfig clientConfig() {
    return clientConfig;
  }

  /**
   * Sizes and limits of each node's pool.
   *
   * @return Commons Pool's configuration
   */
  public GenericObjectPoolConfig<Connection> poolConfig() {
    return poolConfig;
  }

  /**
   * Which nodes serve reads.
   *
   * @return the policy
   */
  public ReadFrom readFrom() {
    return readFrom;
  }

  /**
   * Whether subscriptions go where reads go.
   *
   * @return {@code false}: to the master
   */
  public boolean subscribeByReadFrom() {
    return subscribeByReadFrom;
  }

  /**
   * How calls are repeated.
   *
   * @return the policy
   */
  public RetryPolicy retry() {
    return retry;
  }

  /**
   * Deadline of one call over all its attempts.
   *
   * @return the duration
   */
  public Duration callTimeout() {
    return callTimeout;
  }

  /**
   * How long {@code build()} waits for the first view of the nodes.
   *
   * @return the duration, zero for not at all
   */
  public Duration startTimeout() {
    return startTimeout;
  }

  /**
   * How many connections are opened to a new master ahead of its callers.
   *
   * @return the number, 0 for none
   */
  public int warmConnections() {
    return warmConnections;
  }

  /**
   * How long callers may be held back while connections are opened ahead of them.
   *
   * @return the duration
   */
  public Duration warmTimeout() {
    return warmTimeout;
  }

  /** Collects the settings; each setter checks its own value. Not thread-safe. */
  public static final class Builder {
    private String clientName;
    private String masterName = "mymaster";
    private List<NodeAddress> nodes = List.of();
    private JedisClientConfig clientConfig = DefaultJedisClientConfig.builder().build();
    private GenericObjectPoolConfig<Connection> poolConfig = new ConnectionPoolConfig();
    private ReadFrom readFrom = ReadFrom.REPLICA_PREFERRED;
    private boolean subscribeByReadFrom;
    private RetryPolicy retry = RetryPolicy.DEFAULT;
    private Duration callTimeout = Duration.ofSeconds(10);
    private Duration startTimeout = Duration.ofSeconds(10);
    private int warmConnections = 8;
    private Duration warmTimeout = Duration.ofMillis(500);
    private boolean nodesFound;

    private Builder() {}

    /**
     * Sets what belongs to a preset; what is set afterwards counts more. Changes time-outs of the
     * {@code clientConfig} set so far and keeps the rest of it.
     *
     * @param preset the preset
     * @return this builder
     */
    public Builder preset(Preset preset) {
      preset.apply(this);
      return this;
    }

    Builder socketTimeouts(Duration connect, Duration reply) {
      return clientConfig(
          DefaultJedisClientConfig.builder()
              .from(clientConfig)
              .connectionTimeoutMillis((int) connect.toMillis())
              .socketTimeoutMillis((int) reply.toMillis())
              .build());
    }

    Builder backoff(Duration initial, Duration max) {
      return retry(new RetryPolicy(retry.maxAttempts(), initial, max, retry.repeats()));
    }

    Builder connectionsPerNode(int connections) {
      poolConfig = poolConfig.clone(); // it may be that of a configuration made before
      poolConfig.setMaxTotal(connections);
      poolConfig.setMaxIdle(connections);
      return this;
    }

    /**
     * Allows that no nodes are set: Sentinels name them. Not for monitors, which start from the
     * nodes.
     *
     * @return this builder
     */
    public Builder nodesFound() {
      this.nodesFound = true;
      return this;
    }

    /**
     * Name of this client in thread names, logs and events; default the master's name.
     *
     * @param name 1 to 128 printable ASCII characters without spaces or commas
     * @return this builder
     * @throws IllegalArgumentException if the name is invalid
     */
    public Builder clientName(String name) {
      this.clientName = Checks.name("clientName", name);
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
      this.masterName = Checks.name("masterName", name);
      return this;
    }

    /**
     * Seed nodes: any of them may be the master, the roles are found by asking. Replicas that are
     * not listed are discovered through the master.
     *
     * @param addresses 1 to 100 different addresses
     * @return this builder
     * @throws IllegalArgumentException if an address is given twice or the number is out of range
     */
    public Builder nodes(NodeAddress... addresses) {
      Checks.between("nodes", addresses.length, 1, 100);
      if (new LinkedHashSet<>(Arrays.asList(addresses)).size() != addresses.length) {
        throw new IllegalArgumentException(
            "nodes must be different addresses, was " + Arrays.toString(addresses));
      }
      this.nodes = List.of(addresses);
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
      return nodes(Arrays.stream(addresses).map(NodeAddress::parse).toArray(NodeAddress[]::new));
    }

    /**
     * How to connect: credentials, TLS, time-outs, protocol, database. Default Jedis' own defaults.
     * The monitor uses its credentials and TLS settings too.
     *
     * @param config Jedis' configuration
     * @return this builder
     */
    public Builder clientConfig(JedisClientConfig config) {
      this.clientConfig = Objects.requireNonNull(config, "clientConfig");
      return this;
    }

    /**
     * Sizes and limits of each node's pool; default {@link ConnectionPoolConfig}. Its {@code
     * maxWait} bounds one attempt, {@link #callTimeout} all of them.
     *
     * @param config Commons Pool's configuration, whatever its objects are
     * @return this builder
     */
    @SuppressWarnings("unchecked") // the type stands for the objects of an eviction policy only
    public Builder poolConfig(GenericObjectPoolConfig<?> config) {
      this.poolConfig =
          (GenericObjectPoolConfig<Connection>)
              Objects.requireNonNull(config, "poolConfig").clone();
      return this;
    }

    /**
     * Which nodes serve reads; default {@link ReadFrom#REPLICA_PREFERRED}.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder readFrom(ReadFrom policy) {
      this.readFrom = Objects.requireNonNull(policy, "readFrom");
      return this;
    }

    /**
     * Whether subscriptions go where {@link #readFrom} sends reads, a replica by default, instead
     * of to the master; default {@code false}. Replicas pass on what is published at the master.
     *
     * @param byReadFrom {@code false}: to the master
     * @return this builder
     */
    public Builder subscribeByReadFrom(boolean byReadFrom) {
      this.subscribeByReadFrom = byReadFrom;
      return this;
    }

    /**
     * How calls are repeated; default {@link RetryPolicy#DEFAULT}.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder retry(RetryPolicy policy) {
      this.retry = Objects.requireNonNull(policy, "retry");
      return this;
    }

    /**
     * Deadline of one call: waiting for a connection, for a new master and all repeats included. 1
     * ms to 1 h; default 10 s. A reply that is already being waited for is bounded by the socket
     * time-out instead.
     *
     * @param timeout the duration, in whole milliseconds
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder callTimeout(Duration timeout) {
      this.callTimeout =
          Checks.between("callTimeout", timeout, Duration.ofMillis(1), Duration.ofHours(1));
      return this;
    }

    /**
     * How long {@code build()} waits until the master is known; zero: not at all. 0 to 1 h; default
     * 10 s.
     *
     * @param timeout the duration, in whole milliseconds
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder startTimeout(Duration timeout) {
      this.startTimeout =
          Checks.between("startTimeout", timeout, Duration.ZERO, Duration.ofHours(1));
      return this;
    }

    /**
     * How many connections are opened to a new master ahead of its callers, four at a time; each
     * lets one caller in. Not more than there were to the old master, or than the pool may hold. 0
     * to 1000; default 8; 0: callers connect for themselves. A pool of {@code Jedis} objects needs
     * none: its objects connect for themselves.
     *
     * @param connections the number
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder warmConnections(int connections) {
      this.warmConnections = Checks.between("warmConnections", connections, 0, 1_000);
      return this;
    }

    /**
     * How long callers may be held back while {@link #warmConnections} are opened: then all are let
     * in and connect for themselves. 0 to 1 minute; default 500 ms.
     *
     * @param timeout the duration, in whole milliseconds
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder warmTimeout(Duration timeout) {
      this.warmTimeout =
          Checks.between("warmTimeout", timeout, Duration.ZERO, Duration.ofMinutes(1));
      return this;
    }

    /**
     * Checks the relations between the settings.
     *
     * @return the configuration
     * @throws IllegalArgumentException naming the setting, the rule and the value
     */
    public FailoverConfig build() {
      if (nodes.isEmpty() && !nodesFound) {
        throw new IllegalArgumentException("nodes must be set: 1..100 addresses, was none");
      }
      return new FailoverConfig(this);
    }
  }
}
