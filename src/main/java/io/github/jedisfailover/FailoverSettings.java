package io.github.jedisfailover;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.internal.runtime.EventDispatcher;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/**
 * What can be changed while the client runs. Each setter checks its value as the builder's does,
 * acts before it returns, logs the change and tells listeners. A call takes the values in force
 * when it begins or, for its repeats, when it repeats. Thread-safe; changes take effect one after
 * the other.
 */
public final class FailoverSettings {
  private static final Logger log = LoggerFactory.getLogger(RedisFailover.class);
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final EventDispatcher events;
  private final MonotonicClock clock;
  private volatile FailoverConfig config;
  private volatile Consumer<FailoverConfig> taker = changed -> {};

  FailoverSettings(FailoverConfig config, EventDispatcher events, MonotonicClock clock) {
    this.config = config;
    this.events = events;
    this.clock = clock;
  }

  /**
   * @param taker puts a changed configuration into force; called by one thread at a time
   */
  void takenBy(Consumer<FailoverConfig> taker) {
    this.taker = taker;
  }

  FailoverConfig config() {
    return config;
  }

  /**
   * Which nodes serve reads.
   *
   * @return the policy in force
   */
  public ReadFrom readFrom() {
    return config.readFrom();
  }

  /**
   * Has reads that begin from now on served by these nodes.
   *
   * @param policy the policy
   * @return these settings
   */
  public FailoverSettings readFrom(ReadFrom policy) {
    return change("readFrom", FailoverConfig::readFrom, b -> b.readFrom(policy));
  }

  /**
   * Deadline of one call.
   *
   * @return the duration in force
   */
  public Duration callTimeout() {
    return config.callTimeout();
  }

  /**
   * Changes the deadline, also of calls under way.
   *
   * @param timeout 1 ms to 1 h, in whole milliseconds
   * @return these settings
   * @throws IllegalArgumentException if out of range
   */
  public FailoverSettings callTimeout(Duration timeout) {
    return change("callTimeout", FailoverConfig::callTimeout, b -> b.callTimeout(timeout));
  }

  /**
   * How calls are repeated.
   *
   * @return the policy in force
   */
  public RetryPolicy retry() {
    return config.retry();
  }

  /**
   * Changes how calls are repeated; for calls under way, which kinds are.
   *
   * @param policy the policy
   * @return these settings
   */
  public FailoverSettings retry(RetryPolicy policy) {
    return change("retry", FailoverConfig::retry, b -> b.retry(policy));
  }

  /**
   * The nodes that are asked when the master is not known; with {@code staticNodes()}, all nodes.
   *
   * @return the addresses in force
   */
  public List<NodeAddress> nodes() {
    return config.nodes();
  }

  /**
   * Changes the nodes. With {@code staticNodes()} those are the group from now on. A voter that has
   * not found its master goes on with them; one that has, and observers and Sentinels, know the
   * nodes from the master and the voters and need no change.
   *
   * @param addresses 1 to 100 different addresses
   * @return these settings
   * @throws IllegalArgumentException if an address is given twice or the number is out of range
   */
  public FailoverSettings nodes(NodeAddress... addresses) {
    return change("nodes", FailoverConfig::nodes, b -> b.nodes(addresses));
  }

  /**
   * As {@link #nodes(NodeAddress...)}, each {@code host:port}.
   *
   * @param addresses 1 to 100 different addresses
   * @return these settings
   * @throws IllegalArgumentException if an address is invalid or given twice
   */
  public FailoverSettings nodes(String... addresses) {
    return nodes(Arrays.stream(addresses).map(NodeAddress::parse).toArray(NodeAddress[]::new));
  }

  /**
   * How long the reply to a command may take.
   *
   * @return the duration in force, zero for ever
   */
  public Duration socketTimeout() {
    return Duration.ofMillis(config.clientConfig().getSocketTimeoutMillis());
  }

  /**
   * Changes how long a reply may take. Connections in use go on as they are; idle ones are replaced
   * when they would be used next.
   *
   * @param timeout 1 ms to 1 h, in whole milliseconds
   * @return these settings
   * @throws IllegalArgumentException if out of range
   */
  public FailoverSettings socketTimeout(Duration timeout) {
    int millis = millis("socketTimeout", timeout);
    return change(
        "socketTimeout",
        c -> c.clientConfig().getSocketTimeoutMillis() + " ms",
        b -> b.clientConfig(connections().socketTimeoutMillis(millis).build()));
  }

  /**
   * How long connecting may take.
   *
   * @return the duration in force
   */
  public Duration connectionTimeout() {
    return Duration.ofMillis(config.clientConfig().getConnectionTimeoutMillis());
  }

  /**
   * Changes how long connecting may take.
   *
   * @param timeout 1 ms to 1 h, in whole milliseconds
   * @return these settings
   * @throws IllegalArgumentException if out of range
   */
  public FailoverSettings connectionTimeout(Duration timeout) {
    int millis = millis("connectionTimeout", timeout);
    return change(
        "connectionTimeout",
        c -> c.clientConfig().getConnectionTimeoutMillis() + " ms",
        b -> b.clientConfig(connections().connectionTimeoutMillis(millis).build()));
  }

  /** Under the lock: on top of what is in force. */
  private DefaultJedisClientConfig.Builder connections() {
    return DefaultJedisClientConfig.builder().from(config.clientConfig());
  }

  private static int millis(String setting, Duration timeout) {
    Objects.requireNonNull(timeout, setting);
    if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          setting + " must be 1 ms.." + MAX_TIMEOUT.toMillis() + " ms, was " + text(timeout));
    }
    return (int) timeout.toMillis();
  }

  private static String text(Duration timeout) {
    try {
      return timeout.toMillis() + " ms";
    } catch (ArithmeticException e) {
      return timeout.toString(); // more than a long has milliseconds
    }
  }

  private FailoverSettings change(
      String setting,
      Function<FailoverConfig, Object> value,
      UnaryOperator<FailoverConfig.Builder> change) {
    lock.lock();
    try {
      FailoverConfig before = config;
      FailoverConfig after = change.apply(before.toBuilder()).build();
      String was = String.valueOf(value.apply(before));
      String is = String.valueOf(value.apply(after));
      config = after;
      taker.accept(after);
      log.info("[{}] {} {} -> {}", after.clientName(), setting, was, is);
      events.publish(
          new FailoverEvent.SettingChanged(after.clientName(), clock.wallNow(), setting, was, is));
      return this;
    } finally {
      lock.unlock();
    }
  }

  /** The connections' configuration of before with the time-outs in force. */
  JedisClientConfig timed(JedisClientConfig connections) {
    JedisClientConfig now = config.clientConfig();
    boolean same =
        now.getSocketTimeoutMillis() == connections.getSocketTimeoutMillis()
            && now.getConnectionTimeoutMillis() == connections.getConnectionTimeoutMillis();
    return same
        ? connections
        : DefaultJedisClientConfig.builder()
            .from(connections)
            .socketTimeoutMillis(now.getSocketTimeoutMillis())
            .connectionTimeoutMillis(now.getConnectionTimeoutMillis())
            .build();
  }
}
