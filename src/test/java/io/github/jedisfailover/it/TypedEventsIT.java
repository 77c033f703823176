package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.testing.LocalVoter;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The application hears what subscribers of a Sentinel hear: name and payload, in order. */
class TypedEventsIT {
  @Test
  void aFailoverIsToldInFull() {
    try (Stage stage = Stage.open(2)) {
      RedisGroup group = stage.group();
      RedisNode old = group.master();
      old.kill();
      RedisNode master = group.awaitMasterOtherThan(old);
      RedisNode other =
          group.nodes().stream().filter(n -> n != old && n != master).findFirst().orElseThrow();
      String was = "master mymaster 127.0.0.1 " + old.port();
      String promoted = node(master, old);
      String moved = node(other, old);
      LocalVoter leader =
          await("the leader's end of the failover")
              .atMost(Duration.ofSeconds(30))
              .until(() -> ended(stage, was), l -> l != null);

      assertThat(leader.events())
          .containsSubsequence(
              "+sdown " + was,
              "+try-failover " + was,
              "+elected-leader " + was,
              "+failover-state-select-slave " + was,
              "+selected-slave " + promoted,
              "+failover-state-send-slaveof-noone " + promoted,
              "+failover-state-wait-promotion " + promoted,
              "+promoted-slave " + promoted,
              "+failover-state-reconf-slaves " + was,
              "+slave-reconf-sent " + moved,
              "+slave-reconf-inprog " + moved,
              "+slave-reconf-done " + moved,
              "+failover-end " + was,
              "+switch-master mymaster 127.0.0.1 " + old.port() + " 127.0.0.1 " + master.port())
          .anyMatch(e -> e.matches("\\+odown " + was + " #quorum [23]/2"))
          .anyMatch(e -> e.matches("\\+new-epoch \\d+"))
          .anyMatch(e -> e.matches("\\+vote-for-leader [0-9a-f]{40} \\d+"));
      List<LocalVoter> others =
          stage.monitors().voters().stream().filter(v -> v != leader).toList();
      for (LocalVoter voter : others) {
        await("what followers are told")
            .atMost(Duration.ofSeconds(30))
            .until(() -> voter.events().stream().anyMatch(e -> e.startsWith("+switch-master ")));
        assertThat(voter.events())
            .anyMatch(
                e -> e.startsWith("+config-update-from sentinel ") && e.contains(" @ mymaster "));
      }
    }
  }

  private static String node(RedisNode node, RedisNode master) {
    String address = "127.0.0.1:" + node.port() + " 127.0.0.1 " + node.port();
    return "slave " + address + " @ mymaster 127.0.0.1 " + master.port();
  }

  private static LocalVoter ended(Stage stage, String was) {
    return stage.monitors().voters().stream()
        .filter(v -> v.events().contains("+failover-end " + was))
        .filter(v -> v.events().stream().anyMatch(e -> e.startsWith("+switch-master ")))
        .findFirst()
        .orElse(null);
  }
}
