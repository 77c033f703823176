package io.github.jedisfailover.integration.micrometer;

import io.github.jedisfailover.metrics.ClientFigures;
import io.github.jedisfailover.metrics.PoolFigures;
import io.github.jedisfailover.metrics.PoolMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** The meters of one pool, by its name. Thread-safe. */
final class PoolMeters implements PoolMetrics {
  private final Meters meters;
  private final String pool;
  private final ClientFigures figures;
  private volatile Registered now;

  private record Registered(
      Timer created, Timer waited, Timer used, Counter timeouts, List<Meter> gauges) {}

  PoolMeters(Meters meters, String pool, ClientFigures figures) {
    this.meters = meters;
    this.pool = pool;
    this.figures = figures;
    register();
  }

  void register() {
    List<Meter> gauges = new ArrayList<>();
    gauges.add(gauge(MeterDefinition.CONNECTION_COUNT, PoolFigures::used, pool, "used"));
    gauges.add(gauge(MeterDefinition.CONNECTION_COUNT, PoolFigures::idle, pool, "idle"));
    gauges.add(gauge(MeterDefinition.CONNECTION_MAX, PoolFigures::max, pool));
    gauges.add(gauge(MeterDefinition.CONNECTION_IDLE_MAX, PoolFigures::maxIdle, pool));
    gauges.add(gauge(MeterDefinition.CONNECTION_IDLE_MIN, PoolFigures::minIdle, pool));
    gauges.add(gauge(MeterDefinition.CONNECTION_PENDING, PoolFigures::pending, pool));
    now =
        new Registered(
            meters.timer(MeterDefinition.CONNECTION_CREATE_TIME, pool),
            meters.timer(MeterDefinition.CONNECTION_WAIT_TIME, pool),
            meters.timer(MeterDefinition.CONNECTION_USE_TIME, pool),
            meters.counter(MeterDefinition.CONNECTION_TIMEOUTS, pool),
            gauges);
  }

  /** The pool of this name that is in use at the moment; it changes with a switch. */
  private Meter gauge(
      MeterDefinition definition, ToIntFunction<PoolFigures> figure, String... values) {
    return meters.gauge(
        definition,
        () -> figures.pools().stream().filter(p -> p.pool().equals(pool)).mapToInt(figure).sum(),
        values);
  }

  @Override
  public void created(long nanos) {
    now.created().record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void waited(long nanos) {
    now.waited().record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void timedOut() {
    now.timeouts().increment();
  }

  @Override
  public void used(long nanos) {
    now.used().record(nanos, TimeUnit.NANOSECONDS);
  }

  void remove() {
    Registered gone = now;
    gone.gauges().forEach(meters::remove);
    meters.remove(gone.created());
    meters.remove(gone.waited());
    meters.remove(gone.used());
    meters.remove(gone.timeouts());
  }
}
