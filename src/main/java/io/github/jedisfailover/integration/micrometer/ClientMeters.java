package io.github.jedisfailover.integration.micrometer;

import static io.github.jedisfailover.topology.NodeRole.MASTER;
import static io.github.jedisfailover.topology.NodeRole.REPLICA;

import io.github.jedisfailover.metrics.CallObserver;
import io.github.jedisfailover.metrics.ClientFigures;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.metrics.PoolFigures;
import io.github.jedisfailover.metrics.PoolMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The meters of one client. Thread-safe. */
final class ClientMeters implements FailoverMetrics {
  /** From the first scrape on, so that the first one that is counted shows as a rate. */
  private static final List<String> CATEGORIES =
      List.of(
          "read",
          "last-write-wins",
          "checked",
          "blocking-pop",
          "accumulates",
          "never",
          "pipeline",
          "transaction",
          "borrow");

  private final Meters meters;
  private final ClientFigures figures;
  private final MicrometerFailoverMetrics.Builder options;
  private final Timer writeGap;
  private final Timer waited;
  private final Timer subscriptionGap;
  private final Timer monitorDelay;
  private final Counter switches;
  private final Counter staleReads;
  private final Map<String, PoolMeters> pools = new ConcurrentHashMap<>();
  private final Map<NodeAddress, List<Meter>> lags = new ConcurrentHashMap<>();

  ClientMeters(Meters meters, ClientFigures figures, MicrometerFailoverMetrics.Builder options) {
    this.meters = meters;
    this.figures = figures;
    this.options = options;
    writeGap = meters.timer(MeterDefinition.WRITE_GAP);
    waited = meters.timer(MeterDefinition.WAITED);
    subscriptionGap = meters.timer(MeterDefinition.SUBSCRIPTION_GAP);
    monitorDelay = meters.timer(MeterDefinition.MONITOR_DELAY);
    switches = meters.counter(MeterDefinition.SWITCHES);
    staleReads = meters.counter(MeterDefinition.STALE_READS);
    CATEGORIES.forEach(this::countFromZero);
    gauges();
  }

  private void countFromZero(String category) {
    meters.counter(MeterDefinition.REFUSED, category);
    meters.counter(MeterDefinition.UNKNOWN, category);
    meters.counter(MeterDefinition.RETRIED, category, "not-sent");
  }

  private void gauges() {
    meters.gauge(MeterDefinition.EPOCH, () -> figures.topology().version().configEpoch());
    meters.gauge(MeterDefinition.DISAGREEMENTS, figures::disagreements);
    meters.gauge(MeterDefinition.PARKED, figures::parkedCalls);
    meters.gauge(MeterDefinition.PARKED_LONGEST, () -> seconds(figures.longestParked()));
    meters.gauge(
        MeterDefinition.VOTERS_UP,
        () -> {
          var up = figures.votersUp();
          return up.isPresent() ? up.getAsLong() : Double.NaN;
        });
    meters.gauge(MeterDefinition.NODES, () -> nodes(MASTER, true), "master", "up");
    meters.gauge(MeterDefinition.NODES, () -> nodes(MASTER, false), "master", "down");
    meters.gauge(MeterDefinition.NODES, () -> nodes(REPLICA, true), "replica", "up");
    meters.gauge(MeterDefinition.NODES, () -> nodes(REPLICA, false), "replica", "down");
  }

  private long nodes(NodeRole role, boolean up) {
    return figures.topology().nodes().stream()
        .filter(n -> n.role() == role && n.fitForReads() == up)
        .count();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** Brings pools and replicas in step with what there is now, which may be later news. */
  @Override
  public void topologyChanged(TopologySnapshot before, TopologySnapshot after) {
    if (before.master().isPresent() && after.master().isPresent()) {
      boolean other = !address(before).equals(address(after));
      switches.increment(other ? 1 : 0);
    }
    Set<String> names = poolNames();
    names.forEach(this::pool);
    pools.keySet().stream().filter(n -> !names.contains(n)).toList().forEach(this::removePool);
    Set<NodeAddress> replicas =
        figures.topology().replicas().stream().map(NodeView::address).collect(Collectors.toSet());
    replicas.forEach(r -> lags.computeIfAbsent(r, this::lag));
    figures
        .topology()
        .nodes()
        .forEach(n -> meters.counter(MeterDefinition.CONNECTIONS_CUT, n.address().toString()));
    lags.keySet().stream().filter(r -> !replicas.contains(r)).toList().forEach(this::removeLag);
  }

  private static NodeAddress address(TopologySnapshot snapshot) {
    return snapshot.master().orElseThrow().address();
  }

  private Set<String> poolNames() {
    return figures.pools().stream().map(PoolFigures::pool).collect(Collectors.toSet());
  }

  /** A pool of the name may begin at this moment, and be given what is being removed. */
  private void removePool(String name) {
    PoolMeters gone = pools.get(name);
    gone.remove();
    pools.remove(name, gone);
    if (poolNames().contains(name) && pools.putIfAbsent(name, gone) == null) {
      gone.register();
    }
  }

  private List<Meter> lag(NodeAddress replica) {
    return List.of(
        meters.gauge(MeterDefinition.LAG, () -> lagSeconds(replica), replica.toString()),
        meters.gauge(MeterDefinition.LAG_BYTES, () -> lagBytes(replica), replica.toString()));
  }

  private double lagSeconds(NodeAddress replica) {
    measureLag();
    return figures.lag(replica).map(ClientMeters::seconds).orElse(Double.NaN);
  }

  private double lagBytes(NodeAddress replica) {
    measureLag();
    var bytes = figures.lagBytes(replica);
    return bytes.isPresent() ? bytes.getAsLong() : Double.NaN;
  }

  /** Whoever reads the gauge wants to know: without a reader nothing is measured. */
  private void measureLag() {
    if (!options.lagEvery().isZero()) {
      figures.measureLag(options.lagEvery());
    }
  }

  private void removeLag(NodeAddress replica) {
    List<Meter> gone = lags.remove(replica);
    if (gone != null) {
      gone.forEach(meters::remove);
    }
  }

  @Override
  public PoolMetrics pool(String name) {
    PoolMeters pool = pools.get(name);
    if (pool == null) { // not computed under the map's lock: that calls the registry
      PoolMeters made = new PoolMeters(meters, name, figures);
      PoolMeters other = pools.putIfAbsent(name, made);
      pool = other == null ? made : other;
    }
    return options.poolTimes() ? pool : PoolMetrics.NONE;
  }

  @Override
  public CallObserver calls() {
    return options.commandDurations() ? new CallMeters(meters) : CallObserver.NONE;
  }

  @Override
  public void retried(String reason, String category) {
    meters.counter(MeterDefinition.RETRIED, category, reason).increment();
  }

  @Override
  public void refused(String category) {
    meters.counter(MeterDefinition.REFUSED, category).increment();
  }

  @Override
  public void outcomeUnknown(String category) {
    meters.counter(MeterDefinition.UNKNOWN, category).increment();
  }

  @Override
  public void parked(long nanos) {
    waited.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void tooStale() {
    staleReads.increment();
  }

  @Override
  public void writesResumed(long nanos) {
    writeGap.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void connectionsCut(NodeAddress node, int count) {
    meters.counter(MeterDefinition.CONNECTIONS_CUT, node.toString()).increment(count);
  }

  @Override
  public void subscriptionGap(long millis) {
    subscriptionGap.record(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void monitorDelay(long millis) {
    monitorDelay.record(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void detached() {
    meters.close();
  }
}
