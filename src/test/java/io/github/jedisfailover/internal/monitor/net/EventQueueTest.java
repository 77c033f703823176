package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.config.PubSubBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EventQueueTest {
  private final EventQueue queue =
      new EventQueue(new PubSubBuffer(4096, 1024, Duration.ofMillis(100)));

  private boolean offer(int bytes, long at) {
    return queue.offer(new EventQueue.Waiting(bytes, () -> new byte[bytes]), at);
  }

  @Test
  void theHardLimitCountsAtOnce() {
    assertThat(offer(4096, 0)).isTrue();
    assertThat(offer(1, 0)).isFalse();
    assertThat(queue.waitingBytes()).isEqualTo(4096);
  }

  @Test
  void theSoftLimitCountsOnceItsTimeIsOver() {
    assertThat(offer(2000, 0)).isTrue();
    assertThat(offer(1, 100)).isTrue();
    assertThat(offer(1, 101)).isFalse();
  }

  @Test
  void whoCatchesUpInTimeStartsAnew() throws InterruptedException {
    offer(2000, 0);
    assertThat(queue.take()).isPresent();
    assertThat(offer(2000, 150)).isTrue();
    assertThat(offer(1, 250)).isTrue();
    assertThat(offer(1, 251)).isFalse();
  }

  @Test
  void afterTheEndWhatWaitsIsStillTakenAndNothingAdded() throws InterruptedException {
    offer(1, 0);
    queue.end();
    assertThat(offer(1, 0)).isFalse();
    assertThat(queue.take()).isPresent();
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void closingDropsWhatWaits() throws InterruptedException {
    offer(1, 0);
    queue.close();
    assertThat(queue.take()).isEmpty();
    assertThat(queue.waitingFrames()).isZero();
  }
}
