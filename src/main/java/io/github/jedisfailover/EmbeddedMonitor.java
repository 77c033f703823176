package io.github.jedisfailover;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.exceptions.SwitchoverFailedException;
import io.github.jedisfailover.internal.jedis.JedisVersion;
import io.github.jedisfailover.internal.monitor.net.MonitorRuntime;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.EventDispatcher;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.internal.runtime.TopologyHub;
import io.github.jedisfailover.internal.source.EmbeddedSource;
import io.github.jedisfailover.internal.source.ObserverSource;
import io.github.jedisfailover.internal.source.Voters;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySource;
import io.github.jedisfailover.topology.TopologyView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.HostAndPortMapper;

/**
 * A monitor in this JVM: one voter that watches any number of master groups and fails them over
 * together with the other voters, as Redis Sentinel does and in its wire format. It also answers
 * Sentinel clients on the address it listens on.
 *
 * <p>Several clients of one JVM share a monitor by passing it to their builders; a client that
 * passes a {@link MonitorConfig} instead has its own. Thread-safe.
 */
public final class EmbeddedMonitor implements AutoCloseable {
  private final MonitorConfig config;
  private final MonitorRuntime runtime;
  private final EventDispatcher events;
  private final DaemonThreads threads;
  private final String name;
  private final Map<String, TopologyHub> hubs = new ConcurrentHashMap<>();

  private EmbeddedMonitor(
      MonitorConfig config, List<FailoverListener> listeners, FailoverMetrics metrics) {
    this.config = config;
    this.name = "monitor-" + config.listen().map(a -> a.port()).orElseThrow();
    this.threads = new DaemonThreads(name);
    this.events = new EventDispatcher(name, listeners);
    this.runtime = new MonitorRuntime(name, config, events, metrics);
  }

  /**
   * Starts a voter.
   *
   * @param config must name the voter to {@code listen} on
   * @param listeners hear of all watched groups
   * @param metrics takes figures
   * @return the running monitor, watching nothing yet
   * @throws IllegalArgumentException if {@code config} does not say where to listen
   * @throws IllegalStateException if the address is taken, or the state directory is in use or
   *     damaged
   */
  public static EmbeddedMonitor start(
      MonitorConfig config, List<FailoverListener> listeners, FailoverMetrics metrics) {
    JedisVersion.check();
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(metrics, "metrics");
    if (config.listen().isEmpty()) {
      throw new IllegalArgumentException(
          "listen must be set to one of the voters "
              + config.voters()
              + " to start a monitor, was not set");
    }
    EmbeddedMonitor monitor = new EmbeddedMonitor(config, List.copyOf(listeners), metrics);
    try {
      monitor.runtime.start();
      monitor.events.start(monitor.threads);
      return monitor;
    } catch (RuntimeException e) {
      monitor.close();
      throw e;
    }
  }

  /**
   * Watches one more master group. Returns at once; the master is found among the group's nodes in
   * the background. A name that is watched already is not watched twice: the first call's nodes and
   * connection settings stay in force.
   *
   * @param group master name, nodes and connection settings
   * @return the group's topology
   * @throws IllegalStateException if the monitor is closed
   */
  public TopologyView watch(FailoverConfig group) {
    runtime.watch(group, config);
    return hubs.computeIfAbsent(group.masterName(), this::hub);
  }

  /**
   * Makes a replica of a watched group the master, without losing a write; see {@link
   * RedisFailoverClient#switchover(NodeAddress)}. Returns when it is, or after at most 30 s.
   *
   * @param masterName the group
   * @param target the replica
   * @throws SwitchoverFailedException with the reason
   */
  public void switchover(String masterName, NodeAddress target) {
    switchover(masterName, Optional.of(target));
  }

  /**
   * As {@link #switchover(String, NodeAddress)}, to the best replica.
   *
   * @param masterName the group
   * @throws SwitchoverFailedException with the reason
   */
  public void switchover(String masterName) {
    switchover(masterName, Optional.empty());
  }

  private void switchover(String masterName, Optional<NodeAddress> to) {
    runtime
        .switchover(masterName, to, Handover.LIMIT)
        .ifPresent(
            reason -> {
              throw new SwitchoverFailedException("Master group '" + masterName + "': " + reason);
            });
  }

  private TopologyHub hub(String masterName) {
    TopologyHub hub =
        new TopologyHub(
            (before, after) ->
                events.publish(
                    new FailoverEvent.TopologyChanged(
                        name, MonotonicClock.SYSTEM.wallNow(), before, after)));
    runtime.subscribe(masterName, hub::offer);
    return hub;
  }

  /** A source fed by this monitor; closing the source leaves the monitor running. */
  TopologySource source(FailoverConfig group) {
    return new EmbeddedSource(runtime, group, config, false);
  }

  /** A source with its own voter or observer, which closes with the source. */
  static TopologySource sourceFor(
      FailoverConfig group, MonitorConfig config, EventDispatcher events, FailoverMetrics metrics) {
    if (config.listen().isEmpty()) {
      HostAndPortMapper mapper = group.clientConfig().getHostAndPortMapper();
      return new ObserverSource(group, Voters.of(config, mapper), MonotonicClock.SYSTEM);
    }
    MonitorRuntime runtime = new MonitorRuntime(group.clientName(), config, events, metrics);
    return new EmbeddedSource(runtime, group, config, true);
  }

  /**
   * Stops the voter: closes its connections, its address and its state directory, and ends its
   * threads. Waiting readers of its topology views return. Later calls do nothing.
   */
  @Override
  public void close() {
    runtime.close();
    hubs.values().forEach(TopologyHub::close);
    events.close();
    threads.close();
  }
}
