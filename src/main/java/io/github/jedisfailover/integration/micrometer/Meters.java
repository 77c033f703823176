package io.github.jedisfailover.integration.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The meters of one client or monitor: each is made by its definition, and all can be removed.
 * Thread-safe.
 */
final class Meters {
  private final MeterRegistry registry;
  private final Tags common;
  private final Set<Meter> made = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Meters(MeterRegistry registry, String client, Tags more) {
    this.registry = registry;
    this.common = more.and(MeterDefinition.Tags.CLIENT, client);
  }

  /**
   * @param values of the definition's tags, in its order
   */
  Timer timer(MeterDefinition definition, String... values) {
    return kept(
        Timer.builder(definition.meter())
            .description(definition.description())
            .tags(tags(definition, values))
            .register(registry));
  }

  Counter counter(MeterDefinition definition, String... values) {
    return kept(
        Counter.builder(definition.meter())
            .description(definition.description())
            .baseUnit(unit(definition))
            .tags(tags(definition, values))
            .register(registry));
  }

  Gauge gauge(MeterDefinition definition, Supplier<Number> value, String... values) {
    return kept(
        Gauge.builder(definition.meter(), value)
            .description(definition.description())
            .baseUnit(unit(definition))
            .tags(tags(definition, values))
            .register(registry));
  }

  private static String unit(MeterDefinition definition) {
    // the others would only be repeated at the end of Prometheus' names
    boolean shown = List.of("seconds", "bytes").contains(definition.unit());
    return shown ? definition.unit() : null;
  }

  private Tags tags(MeterDefinition definition, String... values) {
    List<String> keys = definition.tags();
    List<Tag> tags = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      tags.add(Tag.of(keys.get(i), values[i]));
    }
    return common.and(tags);
  }

  private <M extends Meter> M kept(M meter) {
    made.add(meter);
    if (closed) {
      remove(meter);
    }
    return meter;
  }

  void remove(Meter meter) {
    if (made.remove(meter)) {
      registry.remove(meter);
    }
  }

  /** All go, and what is made later goes at once. */
  void close() {
    closed = true;
    List.copyOf(made).forEach(this::remove);
  }
}
