package io.github.jedisfailover.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteGapTest {
  private static final NodeAddress A = new NodeAddress("a", 1);
  private static final NodeAddress B = new NodeAddress("b", 1);

  private long now = 1_000;
  private final List<String> told = new ArrayList<>();
  private final WriteGap gap =
      new WriteGap(
          new MonotonicClock() {
            @Override
            public long nanos() {
              return now;
            }

            @Override
            public Instant wallNow() {
              return Instant.EPOCH;
            }
          },
          (from, to, nanos) -> told.add(from + " -> " + to + " " + nanos));

  private void wrote(long generation, NodeAddress node, long start, long end) {
    now = end;
    gap.wrote(generation, node, start);
  }

  @Test
  void measuresFromTheLastGoodToTheFirstGoodOne() {
    wrote(1, A, 1_000, 1_010);
    wrote(1, A, 2_000, 2_010);
    gap.troubled(2_020);
    gap.troubled(2_500);
    wrote(2, B, 2_020, 4_000);
    wrote(2, B, 4_000, 4_100);
    assertThat(told).containsExactly("a:1 -> b:1 1980");
    assertThat(gap.sinceLastGood()).isZero();
  }

  @Test
  void aCallThatWasUnderWayAtTheLastGoodOneDoesNotStretchTheGap() {
    wrote(1, A, 1_000, 2_000);
    gap.troubled(1_500);
    wrote(2, B, 1_500, 3_000);
    assertThat(told).containsExactly("a:1 -> b:1 1000");
  }

  @Test
  void timeWithoutCallsDoesNotCount() {
    wrote(1, A, 1_000, 1_010);
    wrote(2, B, 900_000, 900_070);
    assertThat(told).containsExactly("a:1 -> b:1 70");
    gap.troubled(950_000);
    wrote(3, A, 960_000, 970_000);
    assertThat(told).last().isEqualTo("b:1 -> a:1 20000");
  }

  @Test
  void aLateAnswerOfTheOldMasterIsNoNews() {
    assertThat(gap.sinceLastGood()).isNegative();
    wrote(1, A, 1_000, 1_010);
    wrote(2, B, 1_020, 1_030);
    wrote(1, A, 1_000, 1_500);
    now = 1_600;
    assertThat(gap.sinceLastGood()).isEqualTo(570);
    wrote(2, B, 1_600, 1_650);
    assertThat(told).hasSize(1);
  }
}
