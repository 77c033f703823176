package io.github.jedisfailover.internal.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final NodeAddress A = new NodeAddress("a", 1);
  private static final NodeAddress B = new NodeAddress("b", 1);
  private static final NodeAddress C = new NodeAddress("c", 1);
  private static final long MS = 1_000_000;

  private static Latencies settled(Latencies from, NodeAddress node, long nanos) {
    Latencies next = from;
    for (int i = 0; i < 30; i++) {
      next = next.with(node, nanos);
    }
    return next;
  }

  @Test
  void theFastestComesFirst() {
    Latencies known = Latencies.NONE.with(A, 3 * MS).with(B, MS).with(C, 2 * MS);
    assertThat(known.order()).containsExactly(B, C, A);
  }

  @Test
  void aLittleFasterIsNotEnough() {
    Latencies known = Latencies.NONE.with(A, MS).with(B, 5 * MS);
    List<NodeAddress> order = known.order();
    Latencies close = settled(known, B, 85 * MS / 100);
    assertThat(close.order()).isSameAs(order);
    assertThat(settled(close, B, 70 * MS / 100).order()).containsExactly(B, A);
  }

  @Test
  void amongVeryFastNodesTheShareAloneDoesNotDecide() {
    Latencies known = Latencies.NONE.with(A, MS / 10).with(B, MS);
    assertThat(settled(known, B, MS / 50).order()).containsExactly(A, B);
  }

  @Test
  void oneSlowAnswerChangesNothing() {
    Latencies known = Latencies.NONE.with(A, MS).with(B, 2 * MS);
    assertThat(known.with(A, 3 * MS).order()).containsExactly(A, B);
    assertThat(settled(known, A, 9 * MS).order()).containsExactly(B, A);
  }

  @Test
  void aSilentNodeLeavesTheOrderAndIsMeasuredAnew() {
    Latencies known = Latencies.NONE.with(A, MS).with(B, 2 * MS).without(A);
    assertThat(known.order()).containsExactly(B);
    assertThat(known.with(A, 19 * MS / 10).order()).containsExactly(B, A);
    assertThat(known.of(List.of(A)).order()).isEmpty();
  }
}
