package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.MonitorCore;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoreLoopTest {
  private static final Target NODE = new Target.Redis("m", new NodeAddress("h", 1));
  private static final CoreAction.Ping PING = new CoreAction.Ping(NODE);

  private final DaemonThreads threads = new DaemonThreads("test");
  private final List<CoreInput> inputs = new CopyOnWriteArrayList<>();
  private final List<Object> done = new CopyOnWriteArrayList<>();
  private volatile boolean diskBroken;

  @AfterEach
  void stop() {
    threads.close();
  }

  private CoreLoop loop(Function<CoreInput, List<CoreAction>> script) {
    MonitorCore core =
        new MonitorCore() {
          @Override
          public List<CoreAction> step(CoreInput input, long nowMillis) {
            inputs.add(input);
            return script.apply(input);
          }

          @Override
          public CoreView view(long nowMillis) {
            return new CoreView("id", 3, false, 0, true, List.of());
          }
        };
    ActionSink sink =
        new ActionSink() {
          @Override
          public void carryOut(CoreAction action) {
            done.add(action);
          }

          @Override
          public void store(PersistentState state) throws IOException {
            if (diskBroken) {
              throw new IOException("disk full");
            }
            done.add(state);
          }
        };
    CoreLoop loop = new CoreLoop("test", core, sink, MonotonicClock.SYSTEM, FailoverMetrics.NONE);
    loop.start(threads);
    return loop;
  }

  private static List<CoreAction> votes(CoreInput input) {
    if (input instanceof CoreInput.PeerAsked) {
      PersistentState state = new PersistentState("id", 1, List.of());
      return List.of(
          PING, new CoreAction.Persist(state), new CoreAction.AnswerPeer(1, true, "id", 1));
    }
    return List.of();
  }

  private static CoreInput asked() {
    return new CoreInput.PeerAsked(1, new NodeAddress("h", 1), 1, "id");
  }

  @Test
  void storesBeforeItCarriesOutWhatFollows() {
    loop(CoreLoopTest::votes).feed(asked());
    await().until(() -> done.size() == 3);
    assertThat(done.get(1)).isInstanceOf(PersistentState.class);
    assertThat(done.get(2)).isInstanceOf(CoreAction.AnswerPeer.class);
  }

  @Test
  void aVoteThatCouldNotBeStoredIsNeverSent() {
    diskBroken = true;
    loop(CoreLoopTest::votes).feed(asked());
    await().until(() -> inputs.contains(new CoreInput.PersistFailed()));
    assertThat(done).containsExactly(PING);
  }

  @Test
  void aDefectInOneStepDoesNotEndTheLoop() {
    CoreLoop loop =
        loop(
            input -> {
              if (input instanceof CoreInput.Hint) {
                throw new IllegalStateException("defect");
              }
              return votes(input);
            });
    loop.feed(new CoreInput.Hint("m", new NodeAddress("h", 1)));
    loop.feed(asked());
    await().until(() -> done.size() == 3);
  }

  @Test
  void ticksGoOnAndViewsAreAnswered() throws Exception {
    CoreLoop loop = loop(input -> List.of());
    await().until(() -> inputs.stream().filter(CoreInput.Tick.class::isInstance).count() > 3);
    assertThat(loop.view().get(5, TimeUnit.SECONDS).currentEpoch()).isEqualTo(3);
    loop.close();
    assertThat(loop.view()).isCompletedExceptionally();
  }

  @Test
  void aBlockedCoreHoldsUpNobodyAndEqualHintsAreOne() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CoreLoop loop =
        loop(
            input -> {
              if (input instanceof CoreInput.LinkUp) {
                blocked.countDown();
                waitFor(release);
              }
              return List.of();
            });
    loop.feed(new CoreInput.LinkUp(NODE));
    assertThat(blocked.await(5, TimeUnit.SECONDS)).isTrue();
    CoreInput hint = new CoreInput.Hint("m", new NodeAddress("h", 1));
    for (int i = 0; i < 50_000; i++) {
      loop.feed(hint);
    }
    for (int i = 0; i < 20_000; i++) {
      loop.feed(new CoreInput.HelloHeard(null, false)); // more than the queue holds
    }
    release.countDown();
    await().until(() -> inputs.contains(hint));
    await().until(() -> inputs.stream().filter(CoreInput.Tick.class::isInstance).count() > 3);
    assertThat(inputs.stream().filter(hint::equals)).hasSize(1);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
