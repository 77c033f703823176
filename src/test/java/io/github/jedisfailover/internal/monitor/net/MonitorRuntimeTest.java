package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.monitor.core.SentinelCore;
import io.github.jedisfailover.internal.runtime.EventDispatcher;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts and ends of a monitor, in every order: nothing may be left open. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MonitorRuntimeTest {
  private static final MonitorSetup.CoreFactory REAL =
      (id, me, voters, stored, remembers) -> new SentinelCore(id, me, voters, stored, remembers, 1);

  @TempDir private Path directory;
  private MonitorConfig config;

  @BeforeEach
  void takeAFreePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      NodeAddress address = new NodeAddress("127.0.0.1", free.getLocalPort());
      config =
          MonitorConfig.builder().voters(address).listen(address).stateDirectory(directory).build();
    }
  }

  private MonitorRuntime monitor(MonitorSetup.CoreFactory cores) {
    return new MonitorRuntime(
        "lifecycle",
        config,
        new EventDispatcher("lifecycle", List.of()),
        FailoverMetrics.NONE,
        MonotonicClock.SYSTEM,
        cores);
  }

  /** Its threads have ended, and its address and its state directory can be had again. */
  private void nothingIsOpen() {
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(t -> t.getName().startsWith("ha-lifecycle"));
    try (MonitorRuntime next = monitor(REAL)) {
      next.start();
    }
  }

  private static Thread thread(Runnable body, CompletableFuture<Void> end) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
                end.complete(null);
              } catch (RuntimeException e) {
                end.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void quietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aCloseDuringTheStartWaitsForItAndLeavesNothingOpen() {
    CountDownLatch starting = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    MonitorRuntime monitor =
        monitor(
            (id, me, voters, stored, remembers) -> {
              starting.countDown();
              quietly(goOn);
              return REAL.create(id, me, voters, stored, remembers);
            });
    CompletableFuture<Void> started = new CompletableFuture<>();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    thread(monitor::start, started);
    quietly(starting);
    Thread closer = thread(monitor::close, closed);
    await().until(() -> closer.getState() == Thread.State.WAITING);
    assertThat(closed).isNotDone();
    goOn.countDown();
    closed.join();
    nothingIsOpen();
    assertThatThrownBy(started::join)
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("monitor lifecycle is closed");
  }

  @Test
  void aFailedStartLeavesNothingOpen() {
    MonitorRuntime monitor =
        monitor(
            (id, me, voters, stored, remembers) -> {
              throw new IllegalStateException("no core");
            });
    assertThatThrownBy(monitor::start).hasMessage("no core");
    nothingIsOpen();
    assertThatThrownBy(monitor::start).hasMessage("monitor lifecycle is closed");
    monitor.close();
  }

  @Test
  void whoeverReturnsFromCloseFindsNothingOpen() {
    MonitorRuntime monitor = monitor(REAL);
    monitor.start();
    CompletableFuture<Void> one = new CompletableFuture<>();
    CompletableFuture<Void> other = new CompletableFuture<>();
    thread(monitor::close, one);
    thread(monitor::close, other);
    CompletableFuture.anyOf(one, other).join();
    nothingIsOpen();
    one.join();
    other.join();
  }

  @Test
  void startsOnceAndWatchesOnlyWhileItRuns() {
    FailoverConfig group = FailoverConfig.builder().nodes("127.0.0.1:1").build();
    MonitorRuntime monitor = monitor(REAL);
    assertThatThrownBy(() -> monitor.watch(group, config))
        .hasMessage("monitor lifecycle does not run");
    monitor.start();
    monitor.start();
    monitor.watch(group, config);
    monitor.close();
    assertThatThrownBy(() -> monitor.watch(group, config))
        .hasMessage("monitor lifecycle does not run");
    nothingIsOpen();
  }

  @Test
  void oneThatNeverStartedClosesForGood() {
    MonitorRuntime monitor = monitor(REAL);
    monitor.close();
    monitor.close();
    assertThatThrownBy(monitor::start).hasMessage("monitor lifecycle is closed");
    nothingIsOpen();
  }
}
