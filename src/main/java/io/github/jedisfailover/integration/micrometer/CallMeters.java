package io.github.jedisfailover.integration.micrometer;

import io.github.jedisfailover.metrics.CallObserver;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Times calls by command, node and outcome. Thread-safe. */
final class CallMeters implements CallObserver {
  private static final String NONE = "none";

  private final Meters meters;

  /** Bounded by commands, nodes and kinds of errors; the names come from a client's own code. */
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  private record Key(
      int database,
      String operation,
      NodeAddress node,
      NodeRole role,
      String status,
      String error) {}

  CallMeters(Meters meters) {
    this.meters = meters;
  }

  @Override
  public Call begin(String client, int database, String operation, int batchSize) {
    return result -> ended(database, operation, result);
  }

  private void ended(int database, String operation, Result result) {
    RuntimeException failure = result.failure();
    String error = failure == null ? NONE : failure.getClass().getName();
    String prefix = result.errorPrefix();
    String status = prefix.isEmpty() ? NONE : prefix;
    Key key = new Key(database, operation, result.node(), result.role(), status, error);
    timers.computeIfAbsent(key, this::timer).record(result.nanos(), TimeUnit.NANOSECONDS);
  }

  private Timer timer(Key key) {
    NodeAddress node = key.node();
    return meters.timer(
        MeterDefinition.OPERATION_DURATION,
        "redis",
        Integer.toString(key.database()),
        key.operation(),
        node == null ? NONE : node.host(),
        node == null ? NONE : Integer.toString(node.port()),
        key.role() == null ? NONE : key.role().name().toLowerCase(Locale.ROOT),
        key.status(),
        key.error());
  }
}
