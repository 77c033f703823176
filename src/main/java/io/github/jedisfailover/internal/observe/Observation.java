package io.github.jedisfailover.internal.observe;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.health.HealthReport;
import io.github.jedisfailover.internal.execution.CallWatch;
import io.github.jedisfailover.internal.runtime.EventDispatcher;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.internal.runtime.WarnPace;
import io.github.jedisfailover.internal.source.Opinions;
import io.github.jedisfailover.metrics.CallObserver;
import io.github.jedisfailover.metrics.ClientFigures;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is told of one client. It exists before the parts that it looks at: they report here.
 * Thread-safe.
 */
public final class Observation implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Observation.class);

  private final String client;
  private final EventDispatcher events;
  private final MonotonicClock clock;
  private final LiveFigures figures;
  private final FailoverMetrics metrics;
  private final CallWatch calls;
  private final EventMemory memory = new EventMemory();
  private final WarnPace warnings = new WarnPace(); // under the hub's lock
  private long lostAt; // under the hub's lock
  private volatile Parts parts;

  /**
   * @param port where figures go
   * @param observer watches calls, beside the port's
   */
  public Observation(
      FailoverConfig config,
      EventDispatcher events,
      MonotonicClock clock,
      FailoverMetrics port,
      CallObserver observer) {
    this.client = config.clientName();
    this.events = events;
    this.clock = clock;
    this.figures = new LiveFigures(config, clock);
    this.metrics = port.ofClient(figures);
    events.addTap(this::heard);
    this.calls =
        new CallWatch(
            client,
            config.clientConfig().getDatabase(),
            metrics,
            CallObservers.both(metrics.calls(), observer),
            clock,
            new CallWatch.Listener() {
              @Override
              public void resumed(NodeAddress from, NodeAddress to, long gapNanos) {
                writesResumed(from, to, Duration.ofNanos(gapNanos));
              }

              @Override
              public void gap(NodeAddress node, long atMostMillis) {
                subscriptionGap(node, Duration.ofMillis(atMostMillis));
              }
            });
  }

  /** In the events' own thread: metrics may take their time with a new topology. */
  private void heard(FailoverEvent event) {
    memory.add(event);
    if (event instanceof FailoverEvent.TopologyChanged changed) {
      metrics.topologyChanged(changed.before(), changed.after());
    }
  }

  /** Under the hub's lock: no I/O, no waiting. */
  public void changed(TopologySnapshot before, TopologySnapshot after) {
    Optional<NodeAddress> was = reached(before);
    Optional<NodeAddress> is = reached(after);
    if (was.isPresent() && is.isEmpty()) {
      lostAt = clock.nanos();
      if (warnings.due(clock.millis())) {
        log.warn("[{}] master {} lost, writes wait for it or another", client, was.get());
      }
      events.publish(new FailoverEvent.MasterLost(client, clock.wallNow(), was.get()));
    }
    if (was.isEmpty() && is.isPresent()) {
      Duration lostFor = lostAt == 0 ? Duration.ZERO : Duration.ofNanos(clock.nanos() - lostAt);
      log.info("[{}] master {} found after {} ms", client, is.get(), lostFor.toMillis());
      events.publish(new FailoverEvent.MasterFound(client, clock.wallNow(), is.get(), lostFor));
    }
    tellReplicas(before, after);
  }

  private void tellReplicas(TopologySnapshot before, TopologySnapshot after) {
    for (NodeView replica : after.replicas()) {
      boolean was = before.replicas().stream().anyMatch(r -> isFit(r, replica.address()));
      if (!was && replica.fitForReads()) {
        log.info("[{}] replica {} serves reads", client, replica.address());
      } else if (was && !replica.fitForReads()) {
        String why = HealthRule.stateOf(replica);
        log.info("[{}] replica {} serves no reads: {}", client, replica.address(), why);
      }
    }
  }

  private static boolean isFit(NodeView replica, NodeAddress address) {
    return replica.address().equals(address) && replica.fitForReads();
  }

  private static Optional<NodeAddress> reached(TopologySnapshot snapshot) {
    return snapshot.master().filter(NodeView::reachable).map(NodeView::address);
  }

  private void writesResumed(NodeAddress from, NodeAddress to, Duration gap) {
    long epoch = figures.topology().version().configEpoch();
    log.info(
        "[{}] writes resumed: {} -> {} (epoch {}, {} ms between the last and the first good one)",
        client,
        from,
        to,
        epoch,
        gap.toMillis());
    events.publish(new FailoverEvent.WritesResumed(client, clock.wallNow(), from, to, epoch, gap));
  }

  private void subscriptionGap(NodeAddress node, Duration atMost) {
    events.publish(new FailoverEvent.SubscriptionResumed(client, clock.wallNow(), node, atMost));
  }

  /** Where the parts report. */
  public FailoverMetrics metrics() {
    return metrics;
  }

  /** Where calls report. */
  public CallWatch calls() {
    return calls;
  }

  /** From here on there is something to look at. */
  public void of(Parts made) {
    parts = made;
    figures.of(made);
  }

  public HealthReport health() {
    Parts now = parts;
    return HealthRule.judge(
        new HealthRule.Seen(
            client,
            figures.masterName(),
            clock.wallNow(),
            now.closed().getAsBoolean(),
            figures.topology(),
            Opinions.of(now.source()),
            figures.pools(),
            calls.sinceLastWrite()));
  }

  public ClientFigures figures() {
    return figures;
  }

  public String dump() {
    Parts now = parts;
    return Dump.of(health(), now.settings().get(), figures, now, memory);
  }

  /** All meters go. */
  @Override
  public void close() {
    metrics.detached();
  }
}
