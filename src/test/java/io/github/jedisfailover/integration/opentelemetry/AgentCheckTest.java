package io.github.jedisfailover.integration.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.metrics.CallObserver;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentCheckTest {
  private static boolean makesSpans(boolean present, Map<String, String> settings) {
    return new AgentCheck(present, settings::get).makesSpansOfJedis();
  }

  @Test
  void theAgentsOwnSwitchesCount() {
    Map<String, String> off = Map.of("otel.instrumentation.common.default-enabled", "false");
    assertThat(makesSpans(false, Map.of())).isFalse();
    assertThat(makesSpans(true, Map.of())).isTrue();
    assertThat(makesSpans(true, off)).isFalse();
    assertThat(makesSpans(true, Map.of("otel.instrumentation.jedis.enabled", "false"))).isFalse();
    assertThat(makesSpans(true, Map.of("otel.javaagent.enabled", "false"))).isFalse();
    assertThat(
            makesSpans(
                true,
                Map.of(
                    "otel.instrumentation.common.default-enabled", "false",
                    "otel.instrumentation.jedis.enabled", "true")))
        .isTrue();
  }

  @Test
  void withTheAgentNothingIsObserved() {
    assertThat(AgentCheck.ofThisJvm().present()).isFalse();
    assertThat(OpenTelemetryCalls.of(OpenTelemetry.noop(), true)).isSameAs(CallObserver.NONE);
    assertThat(OpenTelemetryCalls.of(OpenTelemetry.noop())).isNotSameAs(CallObserver.NONE);
  }
}
