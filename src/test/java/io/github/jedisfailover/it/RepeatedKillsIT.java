package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testsupport.Votes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One death, one failover: a fresh master is not accused; {@code -Dkills=50} for more. */
class RepeatedKillsIT {
  private static final int KILLS = Integer.getInteger("kills", 3);
  private static final Duration WATCHED = Duration.ofSeconds(3);

  @Test
  void noSecondFailoverFollowsTheFirst() {
    try (Stage stage = Stage.open(2)) {
      Workload writes =
          Workload.start("set", 8, (thread, turn) -> stage.client().set("k" + thread, "" + turn));
      Workload reads = Workload.start("get", 8, (thread, turn) -> stage.client().get("k" + thread));
      try (writes;
          reads) {
        for (int kill = 1; kill <= KILLS; kill++) {
          long epoch = stage.monitors().epoch();
          RedisNode old = stage.group().master();
          old.kill();
          RedisNode master = stage.awaitClientLeft(old);

          int expected = kill;
          boolean stays =
              Stage.holds(WATCHED, () -> Votes.mostSwitches(stage.monitors()) <= expected);
          assertThat(stays).as("switches %s", stage.monitors().switches()).isTrue();
          assertThat(stage.group().master()).as("master after kill %d", kill).isSameAs(master);
          assertThat(Votes.mostSwitches(stage.monitors()))
              .as("one switch per kill; epoch %d -> %d", epoch, stage.monitors().epoch())
              .isEqualTo(kill);
          stage.returnAsReplica(old, master);
        }
      }
      System.out.printf(
          "kills %d: switches %d, epoch %d%n",
          KILLS, Votes.mostSwitches(stage.monitors()), stage.monitors().epoch());
      assertThat(reads.failures()).as("failed reads").isEmpty();
      assertThat(writes.failures()).as("writes that threw otherwise").isEmpty();
    }
  }
}
