package io.github.jedisfailover.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import io.github.jedisfailover.topology.TopologySnapshot.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopologyHubStressTest {
  private static final int OFFERS = 5_000;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void changesAreHandedOutOneAtATimeAndOnlyForward() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicReference<TopologySnapshot> lastAfter = new AtomicReference<>(TopologySnapshot.UNKNOWN);
    AtomicInteger violations = new AtomicInteger();
    TopologyHub hub =
        new TopologyHub(
            (before, after) -> {
              boolean alone = inside.incrementAndGet() == 1;
              boolean inOrder = lastAfter.getAndSet(after) == before && after.supersedes(before);
              if (!alone || !inOrder) {
                violations.incrementAndGet();
              }
              inside.decrementAndGet();
            });
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> offering = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      offering.add(
          threads.submit(
              () -> {
                go.await();
                for (int i = 1; i <= OFFERS; i++) {
                  hub.offer(snapshot(i % 7, i));
                }
                return null;
              }));
    }
    go.countDown();
    for (Future<?> offerer : offering) {
      offerer.get(30, TimeUnit.SECONDS);
    }
    assertThat(violations).hasValue(0);
    assertThat(hub.current().version()).isEqualTo(new Version(6, OFFERS - OFFERS % 7 - 1));
  }

  @Test
  void noWaiterMissesAChangeAndEachSeesWhatBelongsToIt() throws Exception {
    AtomicReference<TopologySnapshot> applied = new AtomicReference<>();
    TopologyHub hub = new TopologyHub((before, after) -> applied.set(after));
    List<Future<Long>> waiting = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      waiting.add(
          threads.submit(
              () -> {
                Version seen = TopologySnapshot.UNKNOWN.version();
                while (seen.sequence() < OFFERS) {
                  Optional<TopologySnapshot> newer =
                      hub.awaitNewerThan(seen, Duration.ofSeconds(20));
                  if (newer.isEmpty()
                      || applied.get().version().compareTo(newer.get().version()) < 0) {
                    return -1L;
                  }
                  seen = newer.get().version();
                }
                return seen.sequence();
              }));
    }
    for (int i = 1; i <= OFFERS; i++) {
      hub.offer(snapshot(0, i));
    }
    for (Future<Long> waiter : waiting) {
      assertThat(waiter.get(30, TimeUnit.SECONDS)).isEqualTo(OFFERS);
    }
  }

  @Test
  void closingWakesEveryWaiterAndDropsLaterNews() throws Exception {
    TopologyHub hub = new TopologyHub((before, after) -> {});
    List<Future<Optional<TopologySnapshot>>> waiting = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      waiting.add(
          threads.submit(
              () -> hub.awaitNewerThan(TopologySnapshot.UNKNOWN.version(), Duration.ofMinutes(5))));
    }
    hub.close();
    for (Future<Optional<TopologySnapshot>> waiter : waiting) {
      assertThat(waiter.get(10, TimeUnit.SECONDS)).isEmpty();
    }
    assertThat(hub.offer(snapshot(1, 1))).isFalse();
  }

  @Test
  void anOldSnapshotIsDropped() {
    TopologyHub hub = new TopologyHub((before, after) -> {});
    assertThat(hub.offer(snapshot(2, 1))).isTrue();
    assertThat(hub.offer(snapshot(1, 99))).isFalse();
    assertThat(hub.offer(snapshot(2, 1))).isFalse();
    assertThat(hub.current().version()).isEqualTo(new Version(2, 1));
  }

  private static TopologySnapshot snapshot(long epoch, long sequence) {
    return new TopologySnapshot(
        new Version(epoch, sequence), List.of(NodeView.master(new NodeAddress("h", 1))));
  }
}
