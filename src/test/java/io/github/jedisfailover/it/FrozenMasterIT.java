package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.testing.RedisNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A master that is frozen, not dead: its sockets stay open and nobody answers. */
class FrozenMasterIT {
  private static final int THREADS = 4;

  @Test
  void callersAreCutLooseAndTheOldMasterTakesNoWriteWhenItWakesUp() {
    try (Stage stage = Stage.open(2)) {
      RedisNode old = stage.group().master();
      Set<String> afterSwitch = ConcurrentHashMap.newKeySet();
      Workload load =
          Workload.start(
              "push",
              THREADS,
              (thread, turn) -> {
                boolean switched = leftMaster(stage, old);
                String id = thread + "-" + turn;
                stage.client().rpush("log", id);
                if (switched) {
                  afterSwitch.add(id);
                }
              });
      RedisNode master;
      try (load) {
        await().until(() -> load.answered() > 200);
        old.freeze();
        master = stage.awaitClientLeft(old);
        await().until(() -> afterSwitch.size() > 200);
        old.thaw();
        await("the old master is demoted")
            .atMost(Duration.ofSeconds(60))
            .until(() -> old.isInSyncWith(master.address()));
        int seen = afterSwitch.size();
        await().until(() -> afterSwitch.size() > seen + 200);
      }
      stage.group().awaitReplicated();

      System.out.printf(
          "frozen master: longest call %d ms, unknown %d%n", load.longestMillis(), load.unknown());
      // The socket time-out is 2 s and, without the cut, a call pays it twice or more.
      assertThat(load.longestMillis()).isLessThan(3_900);
      assertThat(load.failures()).as("writes that threw otherwise").isEmpty();
      assertThat(load.unknown())
          .as("each caller is caught at most once")
          .isLessThanOrEqualTo(THREADS);
      List<String> log = stage.client().lrange("log", 0, -1);
      assertThat(log).doesNotHaveDuplicates();
      assertThat(new HashSet<>(log)).as("acknowledged after the switch").containsAll(afterSwitch);
      assertThat(onNode(old)).as("the old master holds the same data").isEqualTo(log.size());
    }
  }

  private static boolean leftMaster(Stage stage, RedisNode old) {
    return stage
        .client()
        .topology()
        .current()
        .master()
        .filter(m -> !m.address().equals(old.address()))
        .isPresent();
  }

  private static long onNode(RedisNode node) {
    Map<String, String> replication = node.info("replication");
    assertThat(replication.get("role")).isEqualTo("slave");
    return Long.parseLong(node.command("LLEN", "log").toString());
  }
}
