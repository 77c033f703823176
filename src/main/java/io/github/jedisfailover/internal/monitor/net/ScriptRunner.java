package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.PendingScript;
import io.github.jedisfailover.internal.monitor.core.ScriptQueue;
import io.github.jedisfailover.internal.runtime.ClosableGate;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the scripts of a {@link ScriptQueue} on one thread, which looks at them as often as
 * Sentinel's timer does. Starting one never holds up the core. Thread-safe.
 *
 * <p>Scripts that still run when this closes go on running, as those of a Sentinel that ends.
 */
final class ScriptRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ScriptRunner.class);
  private static final long PERIOD_MILLIS = 50;

  private final ScriptQueue queue;
  private final ScriptStarter starter;
  private final Consumer<CoreAction.Report> reports;
  private final MonotonicClock clock;
  private final ClosableGate gate = new ClosableGate();

  /** Only the runner's thread touches it. */
  private final Map<Long, Process> children = new HashMap<>();

  /**
   * @param queue from now on used under this object's lock only
   * @param reports called on the runner's thread
   */
  ScriptRunner(
      ScriptQueue queue,
      ScriptStarter starter,
      Consumer<CoreAction.Report> reports,
      MonotonicClock clock) {
    this.queue = queue;
    this.starter = starter;
    this.reports = reports;
    this.clock = clock;
  }

  void start(DaemonThreads threads) {
    threads.start("scripts", this::run);
  }

  /** Never blocks for long. */
  void schedule(List<String> argv) {
    gate.change(() -> queue.add(argv));
  }

  void times(long maxRuntimeMillis, long retryDelayMillis) {
    gate.change(() -> queue.times(maxRuntimeMillis, retryDelayMillis));
  }

  List<PendingScript> pending() {
    return gate.call(() -> queue.pending(clock.millis()));
  }

  private void run() {
    try {
      while (gate.take(() -> !queue.isEmpty(), () -> true).isPresent()) {
        runOnce();
        gate.pause(PERIOD_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** In Sentinel's order: start, collect, kill. */
  private void runOnce() {
    try {
      gate.call(() -> queue.due(clock.millis())).forEach(this::start);
      collect();
      gate.call(() -> queue.overdue(clock.millis())).forEach(this::kill);
      gate.call(queue::takeEvents).forEach(reports);
    } catch (RuntimeException e) {
      log.error("running scripts failed, this is a defect", e);
    }
  }

  private void start(ScriptQueue.Start start) {
    try {
      Process child = starter.start(start.argv());
      children.put(start.id(), child);
      gate.change(() -> queue.started(start.id(), child.pid()));
    } catch (ScriptStarter.NotExecutableException e) {
      log.debug("script {}: {}", start.argv().get(0), e.getMessage());
      gate.change(() -> queue.notExecutable(start.id()));
    } catch (ScriptStarter.NoProcessException e) {
      log.debug("script {}: {}", start.argv().get(0), e.getMessage());
      gate.change(() -> queue.noProcess(start.id(), clock.millis()));
    }
  }

  private void collect() {
    for (Map.Entry<Long, Process> child : Map.copyOf(children).entrySet()) {
      if (!child.getValue().isAlive()) {
        children.remove(child.getKey());
        ScriptStarter.End end = ScriptStarter.End.of(child.getValue().exitValue());
        gate.change(
            () -> queue.ended(child.getKey(), end.signal(), end.exitStatus(), clock.millis()));
      }
    }
  }

  private void kill(long id) {
    children.get(id).destroyForcibly();
  }

  @Override
  public void close() {
    gate.close();
  }
}
