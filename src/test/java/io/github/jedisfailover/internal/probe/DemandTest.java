package io.github.jedisfailover.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemandTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theFastestPaceOfLateCounts() {
    Demand slow = Demand.after(null, 100, 0);
    assertThat(slow).isEqualTo(new Demand(100, 0));
    Demand fast = Demand.after(slow, 10, 1);
    assertThat(fast.paceNanos()).isEqualTo(10);
    assertThat(Demand.after(fast, 100, 2 * SECOND)).isSameAs(fast);
    assertThat(Demand.after(fast, 100, 11 * SECOND).paceNanos()).isEqualTo(100);
  }

  @Test
  void itIsRenewedSeldomAndEndsBySilence() {
    Demand known = Demand.after(null, 100, 0);
    assertThat(Demand.after(known, 100, SECOND)).isSameAs(known);
    assertThat(Demand.after(known, 100, SECOND + 1).atNanos()).isEqualTo(SECOND + 1);
    assertThat(known.isOver(10 * SECOND)).isFalse();
    assertThat(known.isOver(10 * SECOND + 1)).isTrue();
  }
}
