package io.github.jedisfailover.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeBreakerTest {
  @Test
  void theFirstFailureClosesTheNodeOff() {
    NodeBreaker breaker = new NodeBreaker("n");
    for (int i = 0; i < 100; i++) {
      assertThat(breaker.admits()).isTrue();
      breaker.answered();
    }
    breaker.failed(new RuntimeException("x"));
    assertThat(breaker.admits()).isFalse();
  }
}
