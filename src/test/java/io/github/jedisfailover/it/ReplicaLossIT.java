package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.testing.RedisNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** With the default {@code REPLICA_PREFERRED} the loss of a replica costs no read. */
class ReplicaLossIT {
  @Test
  void readsMoveToTheOtherNodesAndComeBack() {
    try (Stage stage = Stage.open(2)) {
      stage.client().set("k", "v");
      stage.group().awaitReplicated();
      RedisNode master = stage.group().master();
      RedisNode replica = stage.group().replicas().get(0);
      RedisNode other = stage.group().replicas().get(1);
      Workload reads =
          Workload.start(
              "get",
              8,
              (thread, turn) -> {
                if (stage.client().get("k") == null) {
                  throw new IllegalStateException("read from a node without data");
                }
              });
      try (reads) {
        await().until(() -> replica.calls("get") > 50 && other.calls("get") > 50);
        replica.kill();
        long before = other.calls("get");
        await().until(() -> other.calls("get") > before + 500);
        stage.returnAsReplica(replica, master);
        await("the replica serves reads again, the client was not restarted")
            .atMost(Duration.ofSeconds(30))
            .until(() -> replica.calls("get") > 50);
      }
      assertThat(reads.failures()).isEmpty();
    }
  }

  @Test
  void withoutAnyReplicaTheMasterServesReads() {
    try (Stage stage = Stage.open(1)) {
      stage.client().set("k", "v");
      stage.group().awaitReplicated();
      RedisNode master = stage.group().master();
      Workload reads = Workload.start("get", 4, (thread, turn) -> stage.client().get("k"));
      try (reads) {
        await().until(() -> reads.answered() > 50);
        stage.group().replicas().get(0).kill();
        await().until(() -> master.calls("get") > 200);
      }
      assertThat(reads.failures()).isEmpty();
    }
  }
}
