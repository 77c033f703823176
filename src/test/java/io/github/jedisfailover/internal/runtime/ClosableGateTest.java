package io.github.jedisfailover.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClosableGateTest {
  private static final long LONG_MILLIS = TimeUnit.MINUTES.toMillis(5);

  private final ClosableGate gate = new ClosableGate();
  private final DaemonThreads threads = new DaemonThreads("gate");
  private final AtomicInteger value = new AtomicInteger();

  @AfterEach
  void close() {
    threads.close();
  }

  private interface Waiting<T> {
    T result() throws InterruptedException;
  }

  /** Starts to wait on a thread of its own; a signal that comes before it waits is not lost. */
  private <T> CompletableFuture<T> waiter(Waiting<T> waiting) {
    CompletableFuture<T> result = new CompletableFuture<>();
    threads.start(
        "waiter",
        () -> {
          try {
            result.complete(waiting.result());
          } catch (InterruptedException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  @Test
  void aChangeWakesAllWhoWaitForIt() {
    CompletableFuture<Optional<Integer>> taker =
        waiter(() -> gate.take(() -> value.get() > 0, value::get));
    CompletableFuture<Boolean> other = waiter(() -> gate.await(() -> value.get() > 0, LONG_MILLIS));
    gate.change(() -> value.set(7));
    assertThat(taker.join()).contains(7);
    assertThat(other.join()).isTrue();
  }

  @Test
  void closingEndsAllWaits() {
    CompletableFuture<Optional<Integer>> taker = waiter(() -> gate.take(() -> false, value::get));
    CompletableFuture<Boolean> awaiting = waiter(() -> gate.await(() -> false, LONG_MILLIS));
    CompletableFuture<Boolean> pausing = waiter(() -> gate.pause(LONG_MILLIS));
    gate.close();
    assertThat(taker.join()).isEmpty();
    assertThat(awaiting.join()).isFalse();
    assertThat(pausing.join()).isFalse();
  }

  @Test
  void nothingIsTakenOnceClosedAlthoughItIsReady() throws InterruptedException {
    gate.close();
    assertThat(gate.take(() -> true, value::incrementAndGet)).isEmpty();
    assertThat(value.get()).isZero();
  }

  @Test
  void theEndOfTheTimeIsNoClosing() throws InterruptedException {
    assertThat(gate.await(() -> false, 1)).isTrue();
    assertThat(gate.pause(0)).isTrue();
    assertThat(gate.isClosed()).isFalse();
  }

  @Test
  void changesStillRunOnceClosed() {
    gate.close();
    int after = gate.call(value::incrementAndGet);
    assertThat(after).isEqualTo(1);
  }
}
