package io.github.jedisfailover.integration.spring;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Has {@code DEGRADED} counted in the health of the whole, between out-of-service and up: a status
 * that is not in this list is left out. The application's own list comes before this one.
 */
final class HealthStatusDefaults implements EnvironmentPostProcessor {
  private static final String ORDER = "management.endpoint.health.status.order";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "jedisFailoverHealthStatus",
                Map.of(ORDER, "down,out-of-service,degraded,up,unknown")));
  }
}
