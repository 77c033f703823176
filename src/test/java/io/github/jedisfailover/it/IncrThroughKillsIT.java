package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.testing.RedisNode;
import org.junit.jupiter.api.Test;

/** INCR is never applied more often than it was asked for; {@code -Dkills=10} for more. */
class IncrThroughKillsIT {
  private static final int KILLS = Integer.getInteger("kills", 3);

  @Test
  void theCounterNeverExceedsAcknowledgedPlusUnknown() {
    try (Stage stage = Stage.open(2)) {
      Workload load = Workload.start("incr", 8, (thread, turn) -> stage.client().incr("counter"));
      try (load) {
        for (int kill = 0; kill < KILLS; kill++) {
          RedisNode old = stage.group().master();
          old.kill();
          RedisNode master = stage.awaitClientLeft(old);
          load.awaitMore(200);
          stage.returnAsReplica(old, master);
          load.awaitMore(200);
        }
      }

      long counter = Long.parseLong(stage.client().get("counter"));
      long lost = Math.max(0, load.answered() - counter);
      System.out.printf(
          "kills %d: counter %d, acknowledged %d, unknown %d, lost at least %d, longest %d ms%n",
          KILLS, counter, load.answered(), load.unknown(), lost, load.longestMillis());
      assertThat(counter).isLessThanOrEqualTo(load.answered() + load.unknown());
      assertThat(load.failures()).as("writes that threw otherwise").isEmpty();
    }
  }
}
