package io.github.jedisfailover.internal.monitor.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromotionRuleTest {
  private static final long MASTER_DOWN = 2_000;
  private static final long DOWN_AFTER = 1_000;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          healthy                                  | false | true  | 100   | 100   | 100 | 50 | 2000  | true
          subjectively down                        | true  | true  | 100   | 100   | 100 | 50 | 2000  | false
          disconnected                             | false | false | 100   | 100   | 100 | 50 | 2000  | false
          no valid ping for more than 5 s          | false | true  | 5001  | 100   | 100 | 50 | 2000  | false
          no valid ping for 5 s                    | false | true  | 5000  | 100   | 100 | 50 | 2000  | true
          priority 0: never                        | false | true  | 100   | 100   | 0   | 50 | 2000  | false
          INFO older than 5 s                      | false | true  | 100   | 5001  | 100 | 50 | 2000  | false
          link down longer than allowed            | false | true  | 100   | 100   | 100 | 50 | 12001 | false
          link down as long as allowed             | false | true  | 100   | 100   | 100 | 50 | 12000 | true
          never synchronised: -1 s                 | false | true  | 100   | 100   | 100 | 0  | -1000 | false
          """)
  void admits(
      String why,
      boolean down,
      boolean connected,
      long availAge,
      long infoAge,
      int priority,
      long offset,
      long linkDown,
      boolean expected) {
    PromotionRule.Candidate candidate =
        new PromotionRule.Candidate(
            new NodeAddress("h", 1),
            down,
            connected,
            availAge,
            infoAge,
            priority,
            offset,
            "id",
            linkDown,
            InfoReport.Data.UNKNOWN);
    assertThat(
            PromotionRule.select(List.of(candidate), MASTER_DOWN, DOWN_AFTER, Periods.DEFAULT, true)
                .isPresent())
        .as(why)
        .isEqualTo(expected);
  }

  @Test
  void prefersPriorityThenOffsetThenRunId() {
    assertThat(best(of(1, 100, 5, "a"), of(2, 10, 2, "b"))).contains(2);
    assertThat(best(of(1, 100, 5, "a"), of(2, 100, 9, "b"))).contains(2);
    assertThat(best(of(1, 100, 5, "B"), of(2, 100, 5, "a"))).contains(2);
    assertThat(best(of(1, 100, 5, ""), of(2, 100, 5, "z"))).contains(2);
  }

  @Test
  void acceptsOlderInfoWhileTheMasterIsUp() {
    PromotionRule.Candidate c =
        new PromotionRule.Candidate(
            new NodeAddress("h", 1),
            false,
            true,
            100,
            20_000,
            100,
            5,
            "a",
            0,
            InfoReport.Data.UNKNOWN);
    assertThat(PromotionRule.select(List.of(c), -1, DOWN_AFTER, Periods.DEFAULT, true)).isPresent();
    assertThat(PromotionRule.select(List.of(c), 0, DOWN_AFTER, Periods.DEFAULT, true)).isEmpty();
  }

  private static Optional<Integer> best(PromotionRule.Candidate... candidates) {
    return PromotionRule.select(List.of(candidates), MASTER_DOWN, DOWN_AFTER, Periods.DEFAULT, true)
        .map(c -> c.address().port());
  }

  private static PromotionRule.Candidate of(int port, int priority, long offset, String runId) {
    return new PromotionRule.Candidate(
        new NodeAddress("h", port),
        false,
        true,
        1,
        1,
        priority,
        offset,
        runId,
        2_000,
        InfoReport.Data.UNKNOWN);
  }

  private static PromotionRule.Candidate holding(int port, long offset, String history, long keys) {
    return new PromotionRule.Candidate(
        new NodeAddress("h", port),
        false,
        true,
        1,
        1,
        100,
        offset,
        "id",
        0,
        new InfoReport.Data(history, keys, false));
  }

  @Test
  void leavesOutAnEmptyReplicaWhileAnotherHoldsData() {
    assertThat(best(holding(1, 9, "new", 0), holding(2, 5, "old", 3))).contains(2);
    assertThat(best(holding(1, 4, "old", 0), holding(2, 5, "old", 3))).contains(2);
    assertThat(best(holding(1, 9, "old", 0), holding(2, 5, "old", 3)))
        .as("ahead in the same history: the data was deleted on purpose")
        .contains(1);
    assertThat(best(holding(1, 9, "new", 0))).as("there is nothing better").contains(1);
    assertThat(best(holding(1, 9, "", -1), holding(2, 5, "old", 3)))
        .as("unknown is not empty")
        .contains(1);
  }

  @Test
  void asSentinelItTakesThem() {
    var all = List.of(holding(1, 9, "new", 0), holding(2, 5, "old", 3));
    assertThat(PromotionRule.select(all, MASTER_DOWN, DOWN_AFTER, Periods.DEFAULT, false))
        .map(c -> c.address().port())
        .contains(1);
  }
}
