package io.github.jedisfailover.testing;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologyView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.util.SafeEncoder;

/**
 * One voter in this JVM that can be stopped and started again. Stopped and started by one thread;
 * what it is asked and tells may be asked from any.
 */
public final class LocalVoter implements AutoCloseable {
  private static final ProtocolCommand SENTINEL =
      () -> "SENTINEL".getBytes(StandardCharsets.US_ASCII);

  private final MonitorConfig config;
  private final FailoverMetrics metrics;
  private final List<FailoverListener> listeners = new ArrayList<>();
  private final Map<String, FailoverConfig> groups = new LinkedHashMap<>();
  private final Map<String, TopologyView> views = new ConcurrentHashMap<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private volatile EmbeddedMonitor monitor;

  LocalVoter(MonitorConfig config, List<FailoverListener> listeners, FailoverMetrics metrics) {
    this.config = config;
    this.metrics = metrics;
    this.listeners.addAll(listeners);
    this.listeners.add(
        new FailoverListener() {
          @Override
          public void onMonitorReported(FailoverEvent.MonitorReported event) {
            events.add(event.name() + " " + event.payload());
          }
        });
  }

  /** Starts it, or starts it again, and watches all groups it was ever told to. */
  public void start() {
    monitor = EmbeddedMonitor.start(config, listeners, metrics);
    groups.values().forEach(this::follow);
  }

  /**
   * Watches a group from now on; of a stopped voter, from its next start.
   *
   * @param group name, nodes and connection settings
   */
  public void watch(FailoverConfig group) {
    groups.put(group.masterName(), group);
    if (isRunning()) {
      follow(group);
    }
  }

  private void follow(FailoverConfig group) {
    views.put(group.masterName(), monitor.watch(group));
  }

  /** Closes it as an application that ends does; what it remembers stays. */
  public void stop() {
    EmbeddedMonitor running = monitor;
    monitor = null;
    if (running != null) {
      running.close();
    }
  }

  /**
   * Whether it was started and not stopped.
   *
   * @return {@code false} after {@link #stop()}
   */
  public boolean isRunning() {
    return monitor != null;
  }

  /**
   * Whether it has state on disk. A voter that starts without writes none before it gives votes.
   *
   * @return {@code false} without a state directory
   */
  public boolean remembers() {
    return config
        .stateDirectory()
        .filter(d -> Files.exists(d.resolve("monitor.state")))
        .isPresent();
  }

  /**
   * The monitor that runs now; another one after each start.
   *
   * @return for clients of this JVM
   * @throws IllegalStateException if it is stopped
   */
  public EmbeddedMonitor monitor() {
    return Optional.ofNullable(monitor)
        .orElseThrow(() -> new IllegalStateException("voter " + this + " is stopped"));
  }

  /**
   * Where it listens, as a Sentinel does.
   *
   * @return the same for its whole life
   */
  public NodeAddress address() {
    return config.listen().orElseThrow();
  }

  /**
   * What it thinks of a group.
   *
   * @param masterName of a group that it was told to watch
   * @return the view since its last start
   * @throws IllegalArgumentException if it does not watch this group
   */
  public TopologyView view(String masterName) {
    return Optional.ofNullable(views.get(masterName))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "masterName must be one of " + views.keySet() + ", was " + masterName));
  }

  /**
   * What it reported since it was first started, in Sentinel's words.
   *
   * @return {@code +sdown master mymaster 127.0.0.1 7000} and so on, in order
   */
  public List<String> events() {
    return List.copyOf(events);
  }

  /**
   * The command SENTINEL with these arguments, over its port.
   *
   * @param arguments such as {@code MASTER}, {@code mymaster}
   * @return strings, numbers and lists of them
   * @throws redis.clients.jedis.exceptions.JedisException if it refuses or does not run
   */
  public Object ask(String... arguments) {
    DefaultJedisClientConfig plain =
        DefaultJedisClientConfig.builder()
            .autoNegotiateProtocol(false)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .build();
    HostAndPort target = new HostAndPort(address().host(), address().port());
    try (Connection connection = new Connection(target, plain)) {
      CommandArguments request = new CommandArguments(SENTINEL);
      Arrays.stream(arguments).forEach(request::add);
      return SafeEncoder.encodeObject(connection.executeCommand(request));
    }
  }

  /** As {@link #stop()}. */
  @Override
  public void close() {
    stop();
  }

  /** The address. */
  @Override
  public String toString() {
    return address().toString();
  }
}
