package io.github.jedisfailover;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.config.Preset;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.internal.settings.NamedSettings;
import io.github.jedisfailover.internal.settings.SettingMap;
import io.github.jedisfailover.internal.settings.SettingUri;
import io.github.jedisfailover.metrics.CallObserver;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPortMapper;
import redis.clients.jedis.JedisClientConfig;

/**
 * The settings that {@link RedisFailoverClient}, {@link RedisFailover} and {@link
 * JedisFailoverPool} share; each setter checks its own value and returns the builder it was called
 * on. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class FailoverBuilder<B extends FailoverBuilder<B>>
    permits RedisFailover.Builder, RedisFailoverClient.Builder, JedisFailoverPool.Builder {
  private final FailoverConfig.Builder config = FailoverConfig.builder();
  private final NamedSettings named = new NamedSettings(config);
  private final List<FailoverListener> listeners = new ArrayList<>();
  private final SourceChoices sources = new SourceChoices();
  private FailoverMetrics metrics = FailoverMetrics.NONE;
  private CallObserver observer = CallObserver.NONE;
  private HostAndPortMapper addressMapper;

  FailoverBuilder() {}

  /**
   * Takes over what a URI says: {@code
   * redis+failover://user:password@h1:7000,h2:7001/0?masterName=orders&monitors=m1:26379}, with TLS
   * {@code rediss+failover}. Nodes without a port have 6379; the query has the names of {@link
   * #settings(Map)}. What is not a letter, digit or one of {@code -._~} in user and password is
   * percent-encoded.
   *
   * @param uri as above
   * @return this builder
   * @throws IllegalArgumentException naming the setting, the rule and the value; never shows what
   *     may belong to a password
   */
  public final B uri(String uri) {
    named.add(SettingUri.parse(uri));
    return self();
  }

  /**
   * Takes over settings by name, as a YAML file or properties have them; the page
   * <em>Configuration</em> of the documentation lists all names. Maps inside of the map give names
   * with dots, lists are texts with commas, durations have a unit ({@code 500ms}, {@code 2s}) or
   * are {@link Duration}s. What is set by name about connections, pools and retries goes on top of
   * {@code clientConfig}, {@code poolConfig} and {@code retry}, whatever the order; all else counts
   * in the order of the calls, a preset first.
   *
   * @param values by name
   * @return this builder
   * @throws IllegalArgumentException naming the setting, the rule and the value (of a secret: not
   *     the value); of an unknown name the nearest that exists
   */
  public final B settings(Map<String, ?> values) {
    named.add(SettingMap.flat(values));
    return self();
  }

  /**
   * As {@link #settings(Map)}.
   *
   * @param properties their defaults count too
   * @param prefix only names that begin with it are taken, without it; empty for all
   * @return this builder
   * @throws IllegalArgumentException as {@link #settings(Map)}
   */
  public final B settings(Properties properties, String prefix) {
    named.add(SettingMap.of(properties, prefix));
    return self();
  }

  /**
   * Sets what belongs to a preset, for the monitor too if that is set by name; a {@link
   * MonitorConfig} has its own. What is set afterwards counts more.
   *
   * @param preset the preset
   * @return this builder
   */
  public final B preset(Preset preset) {
    named.preset(preset);
    return self();
  }

  /**
   * Seed nodes: any of them may be the master, the roles are found by asking. Need not be set with
   * {@link #sentinels(NodeAddress...)}.
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
  public B clientConfig(JedisClientConfig clientConfig) {
    config.clientConfig(clientConfig);
    return self();
  }

  /**
   * Sizes and limits of each node's pool; default {@code ConnectionPoolConfig}.
   *
   * @param poolConfig Commons Pool's configuration, copied
   * @return this builder
   */
  public B poolConfig(GenericObjectPoolConfig<?> poolConfig) {
    config.poolConfig(poolConfig);
    return self();
  }

  /**
   * Which nodes serve reads; default {@link ReadFrom#REPLICA_PREFERRED}. For a {@link
   * JedisFailoverPool}: which nodes its objects are connected to; default {@link ReadFrom#MASTER}.
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
   * How many connections are opened to a new master ahead of its callers, four at a time; each lets
   * one caller in. Not more than there were to the old master, or than the pool may hold. 0 to
   * 1000; default 8; 0: callers connect for themselves, as those of {@code JedisFailoverPool} do by
   * default, since its objects are not the node pool's.
   *
   * @param connections the number
   * @return this builder
   * @throws IllegalArgumentException if out of range
   */
  public final B warmConnections(int connections) {
    config.warmConnections(connections);
    return self();
  }

  /**
   * How long callers may be held back while {@link #warmConnections} are opened: then all are let
   * in and connect for themselves. 0 to 1 minute; default 500 ms.
   *
   * @param timeout the duration, in whole milliseconds
   * @return this builder
   * @throws IllegalArgumentException if out of range
   */
  public final B warmTimeout(Duration timeout) {
    config.warmTimeout(timeout);
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
    sources.monitor(monitor);
    return self();
  }

  /**
   * Follows a monitor that this JVM runs for several clients. It goes on when the client closes.
   *
   * @param monitor the running monitor
   * @return this builder
   */
  public final B monitor(EmbeddedMonitor monitor) {
    Objects.requireNonNull(monitor, "monitor");
    sources.monitor(monitor);
    return self();
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
    sources.source(source);
    return self();
  }

  /**
   * Follows Redis Sentinels, or voters of other JVMs. The latest failover that they tell of counts,
   * and a node is taken for the master only after it has said itself that it is one: a Sentinel
   * that lags behind moves nothing.
   *
   * @param addresses 1 to 15 different addresses, all Sentinels of the group
   * @return this builder
   * @throws IllegalArgumentException if an address is given twice or the number is out of range
   */
  public final B sentinels(NodeAddress... addresses) {
    sources.sentinels(addresses);
    return self();
  }

  /**
   * As {@link #sentinels(NodeAddress...)}, each {@code host:port}.
   *
   * @param addresses 1 to 15 different addresses
   * @return this builder
   * @throws IllegalArgumentException if an address is invalid or given twice
   */
  public final B sentinels(String... addresses) {
    return sentinels(Arrays.stream(addresses).map(NodeAddress::parse).toArray(NodeAddress[]::new));
  }

  /**
   * How to connect to the Sentinels: credentials, TLS, address mapping; default without any, mapped
   * as the nodes are. Time-outs and protocol are the client's own.
   *
   * @param sentinelConfig Jedis' configuration
   * @return this builder
   */
  public final B sentinelClientConfig(JedisClientConfig sentinelConfig) {
    sources.sentinelConfig(Objects.requireNonNull(sentinelConfig, "sentinelClientConfig"));
    return self();
  }

  /**
   * Follows the given nodes and nothing else: the master is found by asking them, and changes when
   * somebody changes it, by {@link RedisFailoverClient#promote} or by hand. When it dies reads go
   * on and writes wait.
   *
   * @return this builder
   */
  public final B staticNodes() {
    sources.staticNodes();
    return self();
  }

  /**
   * Where announced addresses are dialled from here, behind NAT or outside of the containers'
   * network: what nodes, monitors and Sentinels announce goes in, what this client dials comes out.
   * Everything else, {@code topology()} and {@code REPLICAOF} too, has the announced addresses.
   * Called at each connect, by many threads. Names are resolved anew at each connect.
   *
   * @param mapper as in Jedis; must not block
   * @return this builder
   */
  public final B addressMapper(HostAndPortMapper mapper) {
    this.addressMapper = Objects.requireNonNull(mapper, "addressMapper");
    return self();
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

  /**
   * Watches each call, for spans say; default {@link CallObserver#NONE}: calls are not timed then.
   *
   * @param observer called in the threads of the calls
   * @return this builder
   */
  public final B observeCalls(CallObserver observer) {
    this.observer = Objects.requireNonNull(observer, "observer");
    return self();
  }

  /** All permitted classes name themselves. */
  @SuppressWarnings("unchecked")
  private B self() {
    return (B) this;
  }

  final Machinery start() {
    FailoverConfig group = mapped(named.build());
    SourceChoices all = sources.with(named);
    Machinery.SourceChoice choice = all.only();
    return Machinery.start(all.withNodes(group), choice, List.copyOf(listeners), metrics, observer);
  }

  private FailoverConfig mapped(FailoverConfig group) {
    if (addressMapper == null) {
      return group;
    }
    JedisClientConfig connections =
        DefaultJedisClientConfig.builder()
            .from(group.clientConfig())
            .hostAndPortMapper(addressMapper)
            .build();
    return group.toBuilder().clientConfig(connections).build();
  }
}
