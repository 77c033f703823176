package io.github.jedisfailover;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.TopologySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the two public builders collect. Not thread-safe. */
final class Settings {
  final FailoverConfig.Builder config = FailoverConfig.builder();
  private final List<FailoverListener> listeners = new ArrayList<>();
  private FailoverMetrics metrics = FailoverMetrics.NONE;
  private MonitorConfig ownMonitor;
  private EmbeddedMonitor sharedMonitor;
  private TopologySource source;

  void monitor(MonitorConfig monitor) {
    this.ownMonitor = Objects.requireNonNull(monitor, "monitor");
  }

  void monitor(EmbeddedMonitor monitor) {
    this.sharedMonitor = Objects.requireNonNull(monitor, "monitor");
  }

  void source(TopologySource source) {
    this.source = Objects.requireNonNull(source, "source");
  }

  void listener(FailoverListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
  }

  void metrics(FailoverMetrics metrics) {
    this.metrics = Objects.requireNonNull(metrics, "metrics");
  }

  Machinery start() {
    Machinery.SourceChoice choice = choice();
    return Machinery.start(config.build(), choice, List.copyOf(listeners), metrics);
  }

  private Machinery.SourceChoice choice() {
    List<String> given = new ArrayList<>();
    if (ownMonitor != null) {
      given.add("monitor(MonitorConfig)");
    }
    if (sharedMonitor != null) {
      given.add("monitor(EmbeddedMonitor)");
    }
    if (source != null) {
      given.add("source(TopologySource)");
    }
    if (given.size() != 1) {
      throw new IllegalArgumentException(
          "exactly one of monitor(MonitorConfig), monitor(EmbeddedMonitor) and"
              + " source(TopologySource) must be set, was "
              + given);
    }
    if (ownMonitor != null) {
      MonitorConfig monitor = ownMonitor;
      return (config, events, m) -> EmbeddedMonitor.sourceFor(config, monitor, events, m);
    }
    if (sharedMonitor != null) {
      EmbeddedMonitor monitor = sharedMonitor;
      return (config, events, m) -> monitor.source(config);
    }
    TopologySource custom = source;
    return (config, events, m) -> custom;
  }
}
