package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.testsupport.ClientCounts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Observers cost the nodes nothing and follow a switch together; {@code -Dobservers=300}. */
class ManyObserversIT {
  private static final int OBSERVERS = Integer.getInteger("observers", 30);
  private static final int JVMS = Integer.getInteger("observer.jvms", OBSERVERS > 100 ? 3 : 1);
  private static final int VOTERS = 3;

  /** A voter's command link and its subscription. */
  private static final int LINKS_PER_VOTER = 2;

  @Test
  void oneSwitchReachesAllAndMonitorsConnectionsDependOnTheVotersOnly() {
    ManyObservers.Report report = ManyObservers.run(OBSERVERS, JVMS);
    System.out.println(report);

    assertThat(report.swapMillis()).hasSize(OBSERVERS);
    for (var counts : List.of(report.nodesBefore(), report.nodes(), report.nodesAfter())) {
      assertThat(counts.values())
          .allSatisfy(
              c -> assertThat(c.get(ClientCounts.MONITORS)).isEqualTo(VOTERS * LINKS_PER_VOTER));
    }
    assertThat(report.nodes().values())
        .allSatisfy(c -> assertThat(c).doesNotContainKey("observer"));
    assertThat(total(report.voters(), "observer-events")).isEqualTo(2 * OBSERVERS);
    assertThat(report.threads().get("voter-events")).isEqualTo(2 * OBSERVERS);
    assertThat(report.threads().get("observe")).isEqualTo(OBSERVERS);
    // the monitors and this test ask too, and a slow machine gives them more time to
    assertThat(report.roleChecks()).isBetween((long) OBSERVERS, 10L * OBSERVERS + 2_000);
  }

  private static int total(Map<String, Map<String, Integer>> counts, String kind) {
    return counts.values().stream().mapToInt(c -> c.getOrDefault(kind, 0)).sum();
  }
}
