package io.github.jedisfailover;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.internal.execution.CallContext;
import io.github.jedisfailover.internal.execution.MasterConnectionProvider;
import io.github.jedisfailover.internal.execution.RoutedConnections;
import io.github.jedisfailover.internal.execution.Routes;
import io.github.jedisfailover.internal.execution.View;
import io.github.jedisfailover.internal.execution.Views;
import io.github.jedisfailover.internal.observe.Observation;
import io.github.jedisfailover.internal.observe.Parts;
import io.github.jedisfailover.internal.pool.NodePools;
import io.github.jedisfailover.internal.probe.Probes;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.EventDispatcher;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.internal.runtime.TopologyHub;
import io.github.jedisfailover.internal.source.SeededSource;
import io.github.jedisfailover.metrics.CallObserver;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import io.github.jedisfailover.topology.TopologySource;
import io.github.jedisfailover.topology.TopologyView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/** One client's parts, built in order and closed in reverse order. */
final class Machinery implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RedisFailover.class);

  private final FailoverConfig config; // what cannot change
  private final FailoverSettings settings;
  private final Observation observation;
  private final MonotonicClock clock = MonotonicClock.SYSTEM;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final MasterOutage outage = new MasterOutage();
  private final SettledProtocol protocol;
  private final DaemonThreads threads;
  private final EventDispatcher events;
  private final TopologySource source;
  private final NodePools pools;
  private final Probes probes;
  private final Routes routes;
  private final TopologyHub hub;
  private final CallContext context;
  private final MasterConnectionProvider provider;
  private final Views views;
  private final View own;
  private JedisClientConfig connections; // under the settings' lock

  private Machinery(
      FailoverConfig config,
      SourceChoice choice,
      List<FailoverListener> listeners,
      FailoverMetrics port,
      CallObserver observer) {
    this.config = config;
    String client = config.clientName();
    protocol = SettledProtocol.of(config, clock);
    connections = protocol.connections();
    threads = new DaemonThreads(client);
    events = new EventDispatcher(client, listeners);
    settings = new FailoverSettings(config, events, clock);
    observation = new Observation(config, events, clock, port, observer);
    FailoverMetrics metrics = observation.metrics();
    pools =
        new NodePools(
            config,
            connections,
            clock,
            metrics,
            (node, count) ->
                events.publish(
                    new FailoverEvent.ConnectionsCut(client, clock.wallNow(), node, count)));
    probes = new Probes(protocol.connections(), clock, threads);
    routes = new Routes(pools, config.readFrom());
    hub = new TopologyHub(this::changed);
    source = opened(choice);
    context =
        new CallContext(
            settings::config,
            settings::retry,
            routes,
            hub,
            this::trouble,
            clock,
            observation.calls(),
            closed::get);
    RoutedConnections connected = new RoutedConnections(context);
    provider = new MasterConnectionProvider(connected, this::close);
    views = new Views(context, routes, probes, connected);
    own = views.ofClient(this::close);
    settings.takenBy(this::changed);
    observation.of(
        new Parts(settings::config, hub, source, pools, probes, observation.calls(), closed::get));
  }

  private TopologySource opened(SourceChoice choice) {
    boolean done = false;
    try {
      TopologySource made = choice.open(config, events, observation.metrics());
      done = true;
      return made;
    } finally {
      if (!done) {
        observation.close(); // nobody else will
      }
    }
  }

  /** A configuration that was changed while the client runs. No I/O. */
  private void changed(FailoverConfig changed) {
    connections = settings.timed(connections);
    pools.configure(changed, connections);
    hub.inStep(current -> routes.apply(current, changed.readFrom()));
    if (source instanceof SeededSource seeded) {
      seeded.nodes(changed.nodes());
    }
  }

  /** Closes what it started if a step fails. */
  static Machinery start(
      FailoverConfig config,
      SourceChoice choice,
      List<FailoverListener> listeners,
      FailoverMetrics metrics,
      CallObserver observer) {
    Machinery made = new Machinery(config, choice, listeners, metrics, observer);
    boolean started = false;
    try {
      made.start();
      started = true;
      return made;
    } finally {
      if (!started) {
        made.close();
      }
    }
  }

  private void start() {
    events.start(threads);
    pools.start(threads);
    source.start(hub::offer);
    awaitMaster();
    log.info(
        "[{}] started: group {}, master {}, {} replicas, reads from {}",
        config.clientName(),
        config.masterName(),
        masterOf(hub.current()),
        hub.current().replicas().size(),
        config.readFrom());
  }

  private void awaitMaster() {
    long start = clock.nanos();
    long limit = config.startTimeout().toNanos();
    TopologySnapshot seen = hub.current();
    while (limit > 0 && seen.master().isEmpty()) {
      Duration left = Duration.ofNanos(Math.max(0, limit - (clock.nanos() - start)));
      Optional<TopologySnapshot> newer = hub.awaitNewerThan(seen.version(), left);
      if (newer.isEmpty()) {
        throw new MasterUnavailableException(
            "Master group '"
                + config.masterName()
                + "': no master found within "
                + config.startTimeout().toMillis()
                + " ms, asked "
                + config.nodes(),
            null);
      }
      seen = newer.get();
    }
  }

  /** Under the hub's lock: no I/O, no waiting. */
  private void changed(TopologySnapshot before, TopologySnapshot after) {
    probes.apply(after); // first: what follows may write to a new master
    routes.apply(after);
    FailoverEvent.TopologyChanged event =
        new FailoverEvent.TopologyChanged(config.clientName(), clock.wallNow(), before, after);
    events.publish(event);
    observation.changed(before, after);
    if (event.masterChanged()) {
      log.info(
          "[{}] master {} -> {} (epoch {}, {} ms after its first failure)",
          config.clientName(),
          masterOf(before),
          masterOf(after),
          after.version().configEpoch(),
          outage.endedAfterMillis(clock.millis()));
    }
  }

  private static String masterOf(TopologySnapshot snapshot) {
    return snapshot.master().map(n -> n.address().toString()).orElse("none");
  }

  private void trouble(NodeAddress node) {
    Optional<NodeView> master = hub.current().master();
    if (master.isPresent() && master.get().address().equals(node)) {
      outage.failedAt(clock.millis());
    }
    source.hint(node);
  }

  JedisClientConfig clientConfig() {
    return protocol.commands();
  }

  TopologyView topology() {
    return hub;
  }

  FailoverSettings settings() {
    return settings;
  }

  Observation observation() {
    return observation;
  }

  Handover handover() {
    return new Handover(config.masterName(), source, hub, clock, closed::get);
  }

  CallContext context() {
    return context;
  }

  MasterConnectionProvider provider() {
    return provider;
  }

  ReadFrom readFrom() {
    return settings.readFrom();
  }

  Views views() {
    return views;
  }

  /** What the client itself works with. */
  View own() {
    return own;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    quietly(source);
    quietly(hub);
    quietly(probes);
    quietly(pools);
    provider.closeLoans();
    quietly(events);
    quietly(threads);
    quietly(observation);
    log.info("[{}] stopped", config.clientName());
  }

  /** One part that fails to close must not keep the others open. */
  private void quietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      log.warn("[{}] closing {} failed", config.clientName(), part.getClass().getSimpleName(), e);
    }
  }

  /** Where the snapshots come from: exactly one way per client. */
  @FunctionalInterface
  interface SourceChoice {
    /**
     * @throws JedisException if the source cannot be made
     */
    TopologySource open(FailoverConfig config, EventDispatcher events, FailoverMetrics metrics);
  }
}
