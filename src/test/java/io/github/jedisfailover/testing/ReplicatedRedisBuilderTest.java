package io.github.jedisfailover.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Wrong settings are named, with their value and what is allowed. */
class ReplicatedRedisBuilderTest {
  private final ReplicatedRedisBuilder builder = ReplicatedRedis.builder();

  @Test
  void settingsOutOfRangeAreNamed() {
    refused(() -> builder.replicas(21), "replicas must be 0..20, was 21");
    refused(() -> builder.monitors(0), "monitors must be 1..15, was 0");
    refused(() -> builder.quorum(16), "quorum must be 1..15, was 16");
    refused(
        () -> builder.downAfter(Duration.ofMillis(99)),
        "downAfter must be 100 ms..1 h, was PT0.099S");
    refused(() -> builder.preferredPorts(80, 26379), "firstNode must be 1024..65000, was 80");
    refused(() -> builder.password(""), "password must not be empty");
  }

  @Test
  void aQuorumOfMoreThanAllMonitorsStartsNothing() {
    assertThatThrownBy(() -> builder.monitors(1).quorum(2).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("quorum must be 1..1");
  }

  @Test
  void whatMayNotStandInAUriIsEncoded() {
    assertThat(PercentEncoding.of("aZ9-._~")).isEqualTo("aZ9-._~");
    assertThat(PercentEncoding.of("a b/%@é")).isEqualTo("a%20b%2F%25%40%C3%A9");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
