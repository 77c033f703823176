package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.testing.Partition;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.MonitorProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three voters in three JVMs, and cuts between them. */
class SeparateJvmsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @BeforeEach
  void partitionsArePossible() {
    String missing = Partition.missingForGroups();
    assumeTrue(missing.isEmpty(), missing);
  }

  @Test
  void withOneCutOffTheOtherTwoFailOverAndTheLoneOneNeverDoes() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(2);
      try (VoterJvms voters = VoterJvms.start(servers, group, true, List.of());
          Partition partition = Partition.open()) {
        MonitorProcess lone = voters.get(2);
        RedisNode old = group.master();
        partition.around(lone.groupId());
        await("the lone voter notices")
            .atMost(PATIENCE)
            .until(() -> !lone.events("+sdown").isEmpty());
        assertThat(Stage.holds(Duration.ofSeconds(3), () -> group.masters().equals(List.of(old))))
            .as("no failover of a healthy master by a lone voter\n%s", voters.transcript())
            .isTrue();

        old.kill();
        RedisNode master = group.awaitMasterOtherThan(old);
        await("both others know it")
            .atMost(PATIENCE)
            .until(() -> knows(voters.get(0), master) && knows(voters.get(1), master));
        assertThat(
                Stage.holds(Duration.ofSeconds(5), () -> lone.events("+elected-leader").isEmpty()))
            .as("a lone voter is never elected\n%s", voters.transcript())
            .isTrue();
        assertThat(lone.events("+switch-master")).isEmpty();
        assertThat(group.masters()).containsExactly(master);

        partition.heal();
        await("the lone voter learns the new master")
            .atMost(PATIENCE)
            .until(() -> knows(lone, master));
        assertThat(lone.events("+elected-leader")).isEmpty();
        assertThat(group.masters()).containsExactly(master);
      }
    }
  }

  @Test
  void withTwoCutOffEachAloneNobodyFailsOverUntilTheyAreBack() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(2);
      try (VoterJvms voters = VoterJvms.start(servers, group, true, List.of());
          Partition partition = Partition.open()) {
        RedisNode old = group.master();
        partition.around(voters.get(1).groupId()).around(voters.get(2).groupId());
        old.kill();

        boolean none =
            Stage.holds(
                Duration.ofSeconds(12),
                () -> group.masters().isEmpty() && !voters.anyReported("+elected-leader"));
        assertThat(none).as("no majority, no failover\n%s", voters.transcript()).isTrue();
        assertThat(voters.get(0).events("+sdown")).isNotEmpty();

        partition.heal();
        RedisNode master = group.awaitMasterOtherThan(old);
        await("all agree in the end")
            .atMost(PATIENCE)
            .until(() -> voters.all().stream().allMatch(v -> knows(v, master)));
      }
    }
  }

  private static boolean knows(MonitorProcess monitor, RedisNode master) {
    return monitor.master().filter(master.address()::equals).isPresent();
  }
}
