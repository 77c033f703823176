package io.github.jedisfailover.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventDispatcherStressTest {
  private final DaemonThreads threads = new DaemonThreads("dispatcher-test");

  @AfterEach
  void stop() {
    threads.close();
  }

  @Test
  void eachPublisherIsHeardInOrderAndNeverTwoEventsAtATime() throws Exception {
    int publishers = 4;
    int each = 1_000;
    CountDownLatch heard = new CountDownLatch(publishers * each);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger violations = new AtomicInteger();
    int[] last = new int[publishers];
    EventDispatcher events =
        new EventDispatcher(
            "c",
            List.of(
                listener(
                    event -> {
                      int publisher = Integer.parseInt(event.name());
                      int number = Integer.parseInt(event.payload());
                      if (inside.incrementAndGet() != 1 || number != last[publisher] + 1) {
                        violations.incrementAndGet();
                      }
                      last[publisher] = number;
                      inside.decrementAndGet();
                      heard.countDown();
                    })));
    events.start(threads);
    for (int p = 0; p < publishers; p++) {
      String name = String.valueOf(p);
      threads.start(
          "publisher-" + p,
          () -> {
            for (int i = 1; i <= each; i++) {
              events.publish(event(name, i));
            }
          });
    }
    assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(violations).hasValue(0);
  }

  @Test
  void aListenerThatBlocksNeverBlocksThePublisher() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger heard = new AtomicInteger();
    CountDownLatch afterwards = new CountDownLatch(1);
    EventDispatcher events =
        new EventDispatcher(
            "c",
            List.of(
                listener(
                    event -> {
                      awaitQuietly(release);
                      heard.incrementAndGet();
                      if (event.name().equals("last")) {
                        afterwards.countDown();
                      }
                    })));
    events.start(threads);
    for (int i = 0; i < 20_000; i++) {
      events.publish(event("many", i)); // twice what the queue holds
    }
    release.countDown();
    while (!afterwards.await(10, TimeUnit.MILLISECONDS)) {
      events.publish(event("last", 0)); // there is room again some time
    }
    assertThat(heard.get()).isBetween(10_000, 19_999);
  }

  @Test
  void aListenerThatThrowsIsLeftAlone() throws Exception {
    List<String> heard = new ArrayList<>();
    CountDownLatch both = new CountDownLatch(2);
    EventDispatcher events =
        new EventDispatcher(
            "c",
            List.of(
                listener(
                    event -> {
                      throw new IllegalStateException("listener's own fault");
                    }),
                listener(
                    event -> {
                      heard.add(event.name());
                      both.countDown();
                    })));
    events.start(threads);
    events.publish(event("a", 1));
    events.publish(event("b", 2));
    assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(heard).containsExactly("a", "b");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static FailoverEvent.MonitorReported event(String name, int number) {
    return new FailoverEvent.MonitorReported("c", Instant.EPOCH, name, String.valueOf(number));
  }

  private static FailoverListener listener(
      java.util.function.Consumer<FailoverEvent.MonitorReported> body) {
    return new FailoverListener() {
      @Override
      public void onMonitorReported(FailoverEvent.MonitorReported event) {
        body.accept(event);
      }
    };
  }
}
