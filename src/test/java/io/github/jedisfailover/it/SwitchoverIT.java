package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.exceptions.SwitchoverFailedException;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;

/** A planned switchover under load fails no call and loses nothing; {@code -Dswitches=20}. */
class SwitchoverIT {
  private static final int SWITCHES = Integer.getInteger("switches", 3);
  private static final int WRITERS = 8;

  @Test
  void noCallFailsAndNothingAcknowledgedIsLost() {
    try (Stage stage = Stage.open(2)) {
      RedisFailoverClient client = stage.client();
      AtomicLongArray acknowledged = new AtomicLongArray(WRITERS);
      List<Long> took = new ArrayList<>();
      Workload writes =
          Workload.start(
              "write",
              WRITERS,
              (thread, turn) -> {
                if (thread % 2 == 0) {
                  client.incr("counter:" + thread);
                } else {
                  client.rpush("list:" + thread, Long.toString(turn));
                }
                acknowledged.incrementAndGet(thread);
              });
      Workload reads = Workload.start("read", 8, (thread, turn) -> client.get("counter:0"));
      try (writes;
          reads) {
        for (int i = 0; i < SWITCHES; i++) {
          writes.awaitMore(200);
          RedisNode old = stage.group().master();
          RedisNode next = stage.group().replicas().get(i % 2);
          long start = System.nanoTime();
          client.switchover(next.address());
          took.add((System.nanoTime() - start) / 1_000_000);
          assertThat(Stage.knows(client.topology(), next)).isTrue();
          assertThat(old.role()).as("the old master, at once").isEqualTo("slave");
          writes.awaitMore(200);
          stage.group().awaitInSync(next);
          stage.monitors().awaitAgreement(stage.group(), next);
        }
      }
      System.out.printf(
          "switchovers %d: %d writes, %d reads, failed %s %s, unknown %d; longest write %d ms,"
              + " longest read %d ms; switchover() took %s ms%n",
          SWITCHES,
          writes.answered(),
          reads.answered(),
          writes.failures(),
          reads.failures(),
          writes.unknown(),
          writes.longestMillis(),
          reads.longestMillis(),
          took);
      assertThat(writes.unknown() + reads.unknown()).as("unknown outcomes").isZero();
      assertThat(writes.failures()).isEmpty();
      assertThat(reads.failures()).isEmpty();
      for (int thread = 0; thread < WRITERS; thread++) {
        assertThat(stored(stage.group().master(), thread))
            .as("writes of thread %d, each once", thread)
            .isEqualTo(acknowledged.get(thread));
      }
    }
  }

  private static long stored(RedisNode master, int thread) {
    return thread % 2 == 0
        ? Long.parseLong(String.valueOf(master.command("GET", "counter:" + thread)))
        : Long.parseLong(String.valueOf(master.command("LLEN", "list:" + thread)));
  }

  @Test
  void anObserverChoosesTheReplicaTooAndRefusalsAreTold() {
    try (Stage stage = Stage.open(1);
        RedisFailoverClient observer = stage.observer()) {
      RedisNode replica = stage.group().replicas().get(0);
      NodeAddress stranger = new NodeAddress("127.0.0.1", 1);
      assertThatThrownBy(() -> stage.client().switchover(stranger))
          .isInstanceOf(SwitchoverFailedException.class)
          .hasMessageContaining("NOGOODSLAVE");
      assertThatThrownBy(() -> observer.switchover(stranger))
          .isInstanceOf(SwitchoverFailedException.class)
          .hasMessageContaining("NOGOODSLAVE");
      RedisNode old = stage.group().master();
      observer.switchover(replica.address());
      assertThat(Stage.knows(observer.topology(), replica)).isTrue();
      assertThat(old.role()).as("the old master, at once").isEqualTo("slave");
      assertThat(observer.set("k", "v")).isEqualTo("OK");
      stage.group().awaitInSync(replica);
      stage.monitors().awaitAgreement(stage.group(), replica);

      observer.switchover();
      assertThat(Stage.knows(observer.topology(), old)).isTrue();
      assertThat(observer.get("k")).isEqualTo("v");
    }
  }
}
