package io.github.jedisfailover;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;

/**
 * The settings that {@link RedisFailoverClient} and {@link RedisFailover} share; each setter checks
 * its own value and returns the builder it was called on. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class FailoverBuilder<B extends FailoverBuilder<B>>
    permits RedisFailover.Builder, RedisFailoverClient.Builder {
  private final FailoverConfig.Builder config = FailoverConfig.builder();
  private final List<FailoverListener> listeners = new ArrayList<>();
  private final Map<Way, Machinery.SourceChoice> choices = new EnumMap<>(Way.class);
  private FailoverMetrics metrics = FailoverMetrics.NONE;

  /** The setters that exclude each other, in the order in which a message names them. */
  private enum Way {
    OWN_MONITOR("monitor(MonitorConfig)"),
    SHARED_MONITOR("monitor(EmbeddedMonitor)"),
    SOURCE("source(TopologySource)");

    private final String setter;

    Way(String setter) {
      this.setter = setter;
    }

    @Override
    public String toString() {
      return setter;
    }
  }

  FailoverBuilder() {}

  /**
   * Seed nodes: any of them may be the master, the roles are found by asking.
   *
   * @param addresses 1 to 100 different addresses
   * @return this builder
   * @throws IllegalArgumentException if an address is given twice or the number is out of range
   */
  public final B nodes(NodeAddress... addresses) {
    config.nodes(addresses);
    return self();
  }

  /**
   * As {@link #nodes(NodeAddress...)}, each {@code host:port}.
   *
   * @param addresses 1 to 100 different addresses
   * @return this builder
   * @throws IllegalArgumentException if an address is invalid or given twice
   */
  public final B nodes(String... addresses) {
    config.nodes(addresses);
    return self();
  }

  /**
   * Name of the master group, the same in all JVMs; default {@code mymaster}.
   *
   * @param name 1 to 128 printable ASCII characters without spaces or commas
   * @return this builder
   * @throws IllegalArgumentException if the name is invalid
   */
  public final B masterName(String name) {
    config.masterName(name);
    return self();
  }

  /**
   * Name in thread names, logs and events; default the master's name.
   *
   * @param name 1 to 128 printable ASCII characters without spaces or commas
   * @return this builder
   * @throws IllegalArgumentException if the name is invalid
   */
  public final B clientName(String name) {
    config.clientName(name);
    return self();
  }

  /**
   * How to connect: credentials, TLS, time-outs, protocol, database; default Jedis' own defaults.
   * The protocol is settled once, see {@link RedisFailover#clientConfig()}.
   *
   * @param clientConfig Jedis' configuration
   * @return this builder
   */
  public final B clientConfig(JedisClientConfig clientConfig) {
    config.clientConfig(clientConfig);
    return self();
  }

  /**
   * Sizes and limits of each node's pool; default {@code ConnectionPoolConfig}.
   *
   * @param poolConfig Commons Pool's configuration, copied
   * @return this builder
   */
  public final B poolConfig(GenericObjectPoolConfig<Connection> poolConfig) {
    config.poolConfig(poolConfig);
    return self();
  }

  /**
   * Which nodes serve reads; default {@link ReadFrom#REPLICA_PREFERRED}.
   *
   * @param policy the policy
   * @return this builder
   */
  public final B readFrom(ReadFrom policy) {
    config.readFrom(policy);
    return self();
  }

  /**
   * Whether subscriptions go where {@link #readFrom} sends reads, a replica by default, instead of
   * to the master; default {@code false}.
   *
   * @param byReadFrom {@code false}: to the master
   * @return this builder
   */
  public final B subscribeByReadFrom(boolean byReadFrom) {
    config.subscribeByReadFrom(byReadFrom);
    return self();
  }

  /**
   * How calls are repeated; default {@link RetryPolicy#DEFAULT}.
   *
   * @param policy the policy
   * @return this builder
   */
  public final B retry(RetryPolicy policy) {
    config.retry(policy);
    return self();
  }

  /**
   * Deadline of one call with all its waits and repeats, 1 ms to 1 h; default 10 s. A reply that is
   * already being waited for is bounded by the socket time-out instead.
   *
   * @param timeout the duration, in whole milliseconds
   * @return this builder
   * @throws IllegalArgumentException if out of range
   */
  public final B callTimeout(Duration timeout) {
    config.callTimeout(timeout);
    return self();
  }

  /**
   * How long {@code build()} waits until the master is known, 0 to 1 h; default 10 s. Zero: it does
   * not wait and asks no node for its protocol.
   *
   * @param timeout the duration, in whole milliseconds
   * @return this builder
   * @throws IllegalArgumentException if out of range
   */
  public final B startTimeout(Duration timeout) {
    config.startTimeout(timeout);
    return self();
  }

  /**
   * Follows a monitor of this client's own: a voter if it listens, else an observer. It ends with
   * the client.
   *
   * @param monitor the monitor's configuration
   * @return this builder
   */
  public final B monitor(MonitorConfig monitor) {
    Objects.requireNonNull(monitor, "monitor");
    return choose(
        Way.OWN_MONITOR,
        (group, events, figures) -> EmbeddedMonitor.sourceFor(group, monitor, events, figures));
  }

  /**
   * Follows a monitor that this JVM runs for several clients. It goes on when the client closes.
   *
   * @param monitor the running monitor
   * @return this builder
   */
  public final B monitor(EmbeddedMonitor monitor) {
    Objects.requireNonNull(monitor, "monitor");
    return choose(Way.SHARED_MONITOR, (group, events, figures) -> monitor.source(group));
  }

  /**
   * Follows a source of the application's own. It is started by {@code build()} and closed with the
   * client.
   *
   * @param source not yet started
   * @return this builder
   */
  public final B source(TopologySource source) {
    Objects.requireNonNull(source, "source");
    return choose(Way.SOURCE, (group, events, figures) -> source);
  }

  /**
   * Adds a listener; it is called on the client's own event thread.
   *
   * @param listener hears of switches
   * @return this builder
   */
  public final B listener(FailoverListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return self();
  }

  /**
   * Where figures go; default {@link FailoverMetrics#NONE}.
   *
   * @param metrics takes figures
   * @return this builder
   */
  public final B metrics(FailoverMetrics metrics) {
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    return self();
  }

  /** The same setter twice is no contradiction: the last value counts. */
  private B choose(Way way, Machinery.SourceChoice choice) {
    choices.put(way, choice);
    return self();
  }

  /** Both permitted classes name themselves. */
  @SuppressWarnings("unchecked")
  private B self() {
    return (B) this;
  }

  final Machinery start() {
    if (choices.size() != 1) {
      throw new IllegalArgumentException(
          "exactly one of monitor(MonitorConfig), monitor(EmbeddedMonitor) and"
              + " source(TopologySource) must be set, was "
              + choices.keySet());
    }
    Machinery.SourceChoice choice = choices.values().iterator().next();
    return Machinery.start(config.build(), choice, List.copyOf(listeners), metrics);
  }
}
