package io.github.jedisfailover.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingLineTest {
  private static final Duration FOR_EVER = Duration.ofMillis(-1);

  private final DaemonThreads threads = new DaemonThreads("line-test");

  @AfterEach
  void stop() {
    threads.close();
  }

  @Test
  void whoFindsAPlaceHasAllItsTimeLeft() throws Exception {
    WaitingLine line = new WaitingLine(2, MonotonicClock.SYSTEM);
    assertThat(line.enter(Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
    assertThat(line.enter(Duration.ZERO)).isEqualTo(Duration.ZERO);
    assertThatThrownBy(() -> line.enter(Duration.ZERO)).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> line.enter(Duration.ofMillis(50)))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("50 ms");
    line.leave();
    assertThat(line.enter(Duration.ZERO)).isEqualTo(Duration.ZERO);
  }

  @Test
  void aLineWithoutLimitLetsEverybodyIn() throws Exception {
    WaitingLine line = new WaitingLine(-1, MonotonicClock.SYSTEM);
    line.dissolve();
    assertThat(line.enter(FOR_EVER)).isEqualTo(FOR_EVER);
  }

  @Test
  void thoseThatWaitAreLetInInTheOrderInWhichTheyCame() throws Exception {
    WaitingLine line = new WaitingLine(1, MonotonicClock.SYSTEM);
    line.enter(FOR_EVER);
    List<Integer> order = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 30; i++) {
      int number = i;
      threads.start(
          "waiter-" + i,
          () -> {
            enter(line);
            order.add(number);
            line.leave();
          });
      await().pollInterval(Duration.ofMillis(1)).until(() -> line.length() == number + 1);
    }
    line.leave();
    await().until(() -> order.size() == 30);
    assertThat(order).isSorted();
  }

  @Test
  void whoIsInterruptedLeavesTheLine() throws Exception {
    WaitingLine line = new WaitingLine(1, MonotonicClock.SYSTEM);
    line.enter(FOR_EVER);
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread waiter =
        threads.start(
            "waiter",
            () -> {
              enter(line);
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    await().until(() -> line.length() == 1);
    waiter.interrupt();
    waiter.join(5_000);
    assertThat(interrupted).isTrue();
    line.leave();
    assertThat(line.enter(Duration.ZERO)).isZero();
  }

  @Test
  void anotherNumberOfPlacesIsTakenOver() throws Exception {
    WaitingLine line = new WaitingLine(2, MonotonicClock.SYSTEM);
    line.resize(3);
    for (int i = 0; i < 3; i++) {
      line.enter(Duration.ZERO);
    }
    line.resize(1);
    line.leave();
    line.leave();
    assertThatThrownBy(() -> line.enter(Duration.ZERO)).isInstanceOf(NoSuchElementException.class);
    line.leave();
    line.enter(Duration.ZERO);
    line.resize(-1);
    assertThat(line.enter(FOR_EVER)).isEqualTo(FOR_EVER);
  }

  /** One that comes back at once, again and again, is quicker than any that is woken. */
  @Test
  void nobodyIsOvertakenForEver() throws Exception {
    WaitingLine line = new WaitingLine(1, MonotonicClock.SYSTEM);
    AtomicBoolean stop = new AtomicBoolean();
    Thread greedy =
        threads.start(
            "greedy",
            () -> {
              while (!stop.get()) {
                enter(line);
                line.leave();
              }
            });
    for (int i = 0; i < 20; i++) {
      assertThat(line.enter(Duration.ofSeconds(20))).isPositive();
      line.leave();
    }
    stop.set(true);
    greedy.join(5_000);
    assertThat(greedy.isAlive()).isFalse();
  }

  @Test
  void neverMoreInsideThanThereArePlaces() throws Exception {
    WaitingLine line = new WaitingLine(3, MonotonicClock.SYSTEM);
    AtomicInteger inside = new AtomicInteger();
    ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(
          threads.start(
              "caller-" + i,
              () -> {
                for (int turn = 0; turn < 500; turn++) {
                  enter(line);
                  seen.add(inside.incrementAndGet());
                  inside.decrementAndGet();
                  line.leave();
                }
              }));
    }
    for (Thread thread : all) {
      thread.join(20_000);
    }
    assertThat(seen).hasSize(12 * 500).allMatch(n -> n <= 3);
  }

  @Test
  void aLineThatDissolvesLetsAllOut() {
    WaitingLine line = new WaitingLine(0, MonotonicClock.SYSTEM);
    AtomicInteger out = new AtomicInteger();
    for (int i = 0; i < 50; i++) {
      threads.start(
          "waiter-" + i,
          () -> {
            enter(line);
            line.leave();
            out.incrementAndGet();
          });
    }
    await().until(() -> line.length() == 50);
    line.dissolve();
    await().until(() -> out.get() == 50);
  }

  private static void enter(WaitingLine line) {
    try {
      line.enter(FOR_EVER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
