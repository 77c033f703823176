package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.Order;
import io.github.jedisfailover.internal.monitor.core.SentinelCore;
import io.github.jedisfailover.internal.runtime.Entropy;
import io.github.jedisfailover.internal.runtime.EventDispatcher;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One voter: starts and closes the core's loop and everything around it. Thread-safe; no lock is
 * held while it opens, watches or closes. Who moves the phase does the work that belongs to it.
 */
public final class MonitorRuntime implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MonitorRuntime.class);

  private final MonitorSetup setup;
  private final NodeAddress me;
  private final WatchedGroups groups = new WatchedGroups();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
  private final CountDownLatch startEnded = new CountDownLatch(1);
  private final CountDownLatch closeEnded = new CountDownLatch(1);
  private volatile OpenMonitor open;

  private enum Phase {
    NEW,
    STARTING,
    RUNNING,
    CLOSED
  }

  /**
   * @param owner in thread names, logs and events
   * @param config must name the voter to listen on
   * @param events hears of all groups; stays open when this closes
   */
  public MonitorRuntime(
      String owner, MonitorConfig config, EventDispatcher events, FailoverMetrics metrics) {
    this(
        owner,
        config,
        events,
        metrics,
        MonotonicClock.SYSTEM,
        (id, me, voters, stored, remembers) ->
            new SentinelCore(
                id,
                me,
                voters,
                stored,
                remembers,
                DepartureSwitches.without(config.without()),
                Entropy.seed()));
  }

  MonitorRuntime(
      String owner,
      MonitorConfig config,
      EventDispatcher events,
      FailoverMetrics metrics,
      MonotonicClock clock,
      MonitorSetup.CoreFactory cores) {
    this.setup = new MonitorSetup(owner, config, events, metrics, clock, cores);
    this.me = setup.me();
  }

  /**
   * Takes the address and the state, and begins; a second call waits for the first and does nothing
   * more.
   *
   * @throws IllegalStateException if the address or the state directory cannot be used, or if it is
   *     or gets closed
   */
  public void start() {
    Phase before = phase.compareAndExchange(Phase.NEW, Phase.STARTING);
    if (before == Phase.NEW) {
      openAll();
    } else if (before == Phase.STARTING) {
      await(startEnded);
    }
    if (phase.get() != Phase.RUNNING) {
      throw new IllegalStateException("monitor " + setup.owner() + " is closed");
    }
  }

  /** Also closes again, if it fails or if somebody closes meanwhile. */
  private void openAll() {
    boolean running = false;
    try {
      OpenMonitor opened = OpenMonitor.open(setup, groups);
      open = opened;
      opened.start();
      running = phase.compareAndSet(Phase.STARTING, Phase.RUNNING);
      if (running) {
        log.info(
            "[{}] monitor {} listens on {}, voters {}",
            setup.owner(),
            opened.myId(),
            me,
            setup.config().voters());
      }
    } finally {
      if (!running) {
        phase.set(Phase.CLOSED);
        closeAll();
      }
      startEnded.countDown();
    }
  }

  /**
   * Watches a group from now on; the first call for a name counts, later ones share it.
   *
   * @param settings quorum and times of this group
   */
  public void watch(FailoverConfig group, MonitorConfig settings) {
    if (phase.get() != Phase.RUNNING) {
      throw new IllegalStateException("monitor " + setup.owner() + " does not run");
    }
    if (groups.add(group)) {
      open.watch(group, settings);
    } else {
      log.debug("[{}] {} is watched already", setup.owner(), group.masterName());
    }
  }

  /** Other seeds of a watched group whose master is not found yet. Never blocks. */
  public void nodes(String masterName, List<NodeAddress> nodes) {
    groups.nodes(masterName, nodes);
  }

  /**
   * Hears the snapshots of a watched group, the last one at once.
   *
   * @param sink never blocks; may get a snapshot twice
   * @return ends the subscription
   */
  public Runnable subscribe(String masterName, Consumer<TopologySnapshot> sink) {
    return groups.subscribe(masterName, sink);
  }

  /** Where this voter listens. */
  public NodeAddress me() {
    return me;
  }

  /** What the monitor knew less than a second ago; empty before it runs. Never blocks. */
  public Optional<CoreView> glimpse() {
    OpenMonitor running = open;
    return running == null ? Optional.empty() : running.glimpse();
  }

  /** Somebody had trouble with a node of this group. Never blocks for long. */
  public void hint(String masterName, NodeAddress node) {
    OpenMonitor running = open;
    if (running != null) {
      running.feed(new CoreInput.Hint(masterName, node));
    }
  }

  /**
   * Makes a replica the master, without losing a write, and waits until it is.
   *
   * @param to the replica; empty for the best one
   * @return why it was not done; empty if it was
   */
  public Optional<String> switchover(String masterName, Optional<NodeAddress> to, Duration limit) {
    OpenMonitor running = open;
    return running == null
        ? Optional.of("ERR the monitor does not run")
        : running.order(new Order.Switchover(masterName, to), limit);
  }

  /** Returns when everything is closed, whoever closes it: a start under way closes itself. */
  @Override
  public void close() {
    Phase before = phase.getAndSet(Phase.CLOSED);
    if (before == Phase.STARTING || before == Phase.CLOSED) {
      await(closeEnded);
      return;
    }
    closeAll();
    if (before == Phase.RUNNING) {
      log.info("[{}] monitor on {} stopped", setup.owner(), me);
    }
  }

  private void closeAll() {
    try {
      groups.close();
      OpenMonitor opened = open;
      if (opened != null) {
        opened.close();
      }
    } finally {
      closeEnded.countDown();
    }
  }

  /** An interrupt ends it: closing interrupts its own threads, which may wait here. */
  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
