package io.github.jedisfailover.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A change at run time is made on a copy: what the copy forgets is lost. */
class FailoverConfigCopyTest {
  @Test
  void aCopyHasEverySetting() {
    FailoverConfig config =
        FailoverConfig.builder()
            .clientName("orders-client")
            .masterName("orders")
            .nodes("h:1")
            .readFrom(ReadFrom.ANY)
            .subscribeByReadFrom(true)
            .retry(RetryPolicy.DEFAULT.withMaxAttempts(3))
            .callTimeout(Duration.ofSeconds(3))
            .startTimeout(Duration.ofSeconds(4))
            .warmConnections(5)
            .warmTimeout(Duration.ofSeconds(6))
            .build();
    assertThat(config.toBuilder().build()).usingRecursiveComparison().isEqualTo(config);
  }
}
