package io.github.jedisfailover.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarnPaceTest {
  @Test
  void warnsAtOnceAndThenOnceAMinute() {
    WarnPace pace = new WarnPace();
    long start = -5; // a monotonic clock may begin anywhere
    assertThat(pace.due(start)).isTrue();
    assertThat(pace.due(start)).isFalse();
    assertThat(pace.due(start + 59_999)).isFalse();
    assertThat(pace.due(start + 60_000)).isTrue();
    assertThat(pace.due(start + 60_001)).isFalse();
  }
}
