package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.monitor.net.MonitorRuntime;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Snapshots from a voter in this JVM, its own or a shared one. */
public final class EmbeddedSource implements SwitchoverSource, SeededSource {
  private static final Runnable NOTHING = () -> {};

  private final MonitorRuntime runtime;
  private final FailoverConfig group;
  private final MonitorConfig settings;
  private final boolean owned;
  private final AtomicReference<Runnable> unsubscribe = new AtomicReference<>(NOTHING);

  /**
   * @param owned whether the runtime starts and closes with this source
   */
  public EmbeddedSource(
      MonitorRuntime runtime, FailoverConfig group, MonitorConfig settings, boolean owned) {
    this.runtime = runtime;
    this.group = group;
    this.settings = settings;
    this.owned = owned;
  }

  @Override
  public void start(Consumer<TopologySnapshot> sink) {
    if (owned) {
      runtime.start();
    }
    runtime.watch(group, settings);
    unsubscribe.set(runtime.subscribe(group.masterName(), sink));
  }

  @Override
  public void hint(NodeAddress node) {
    runtime.hint(group.masterName(), node);
  }

  @Override
  public void nodes(List<NodeAddress> nodes) {
    runtime.nodes(group.masterName(), nodes);
  }

  @Override
  public Optional<String> switchover(Optional<NodeAddress> to, Duration limit) {
    return runtime.switchover(group.masterName(), to, limit);
  }

  @Override
  public Opinions opinions() {
    return EmbeddedOpinions.of(runtime.me(), group.masterName(), runtime.glimpse());
  }

  @Override
  public void close() {
    unsubscribe.getAndSet(NOTHING).run();
    if (owned) {
      runtime.close();
    }
  }
}
