package io.github.jedisfailover.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.internal.process.MixedGroup.Favour;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testsupport.RealSentinel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real Sentinels and ours in one group of three. {@code -Dmixed.failovers=10} repeats the failovers
 * so often.
 */
class MixedGroupsIT {
  private static final int FAILOVERS = Integer.getInteger("mixed.failovers", 2);

  @TempDir private Path directory;

  @BeforeEach
  void needsRealSentinels() {
    assumeTrue(RealSentinel.version().isPresent(), "skipped: no redis-sentinel on the PATH");
  }

  /** Both kinds lead: each is helped to in every third round, and the rest is left to chance. */
  @ParameterizedTest(name = "{0} real")
  @ValueSource(ints = {2, 1})
  void allMembersAgreeAfterEachFailover(int real) {
    Map<Favour, List<MixedGroup.Failover>> led = new EnumMap<>(Favour.class);
    try (MixedGroup group = MixedGroup.start(real, directory)) {
      for (int round = 0; round < FAILOVERS; round++) {
        Favour favour = Favour.values()[round % Favour.values().length];
        group.favour(favour);
        led.computeIfAbsent(favour, f -> new ArrayList<>()).add(group.killMaster());
      }
      group.members().forEach(m -> m.awaitUsable(3));
    }
    led.forEach(
        (favour, failovers) ->
            System.out.printf(
                "[mixed] %d real + %d ours, favoured %s: led by real %d of %d, ms %s%n",
                real,
                3 - real,
                favour,
                failovers.stream().filter(MixedGroup.Failover::real).count(),
                failovers.size(),
                failovers.stream().map(MixedGroup.Failover::millis).toList()));
    assertThat(led.getOrDefault(Favour.REAL, List.of())).allMatch(f -> f.real());
    assertThat(led.getOrDefault(Favour.OURS, List.of())).noneMatch(f -> f.real());
  }

  /** Neither the end of a member nor its absence takes anything away; it comes back on its file. */
  @ParameterizedTest(name = "{0} real, a real one ends: {1}")
  @CsvSource({"2, true", "2, false", "1, true", "1, false"})
  void aMemberEndsAndTheOthersGoOn(int real, boolean realEnds) {
    try (MixedGroup group = MixedGroup.start(real, directory)) {
      RedisNode master = group.nodes().master();
      SentinelMember dead = group.member(realEnds);
      String id = dead.id();
      dead.kill();
      for (SentinelMember member : group.others(dead)) {
        await("death seen by " + member)
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> member.sentinels().stream().anyMatch(s -> s.get("flags").contains("s_down")));
        assertThat(member.quorumCheck()).startsWith("+OK 2 usable");
      }
      group.awaitAgreement(master, 0, 2);
      assertThat(group.logged("+try-failover")).as("failovers").isZero();

      MixedGroup.Failover failover = group.killMaster();

      dead.start().awaitPong();
      assertThat(dead.id()).isEqualTo(id);
      group.awaitAgreement(failover.master(), group.epoch(), 2);
      group.members().forEach(m -> m.awaitUsable(3));
    }
  }
}
