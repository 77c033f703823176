package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.health.HealthReport;
import io.github.jedisfailover.health.HealthStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * What the client knows of its nodes and voters. It asks no server and never waits, so it may be
 * part of a readiness group. {@code DEGRADED} means that calls are served but that the next fault
 * may not be survived. Thread-safe.
 */
public final class JedisFailoverHealthIndicator extends AbstractHealthIndicator {
  /** Calls are served, but the next fault may not be survived. */
  public static final Status DEGRADED = new Status("DEGRADED");

  private final RedisFailoverClient client;

  /**
   * For one client.
   *
   * @param client whose health is told
   */
  public JedisFailoverHealthIndicator(RedisFailoverClient client) {
    this.client = Objects.requireNonNull(client, "client");
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    HealthReport report = client.health();
    builder
        .status(status(report.status()))
        .withDetail("client", report.client())
        .withDetail("masterName", report.masterName())
        .withDetail("epoch", report.epoch());
    if (!report.reasons().isEmpty()) {
      builder.withDetail("reasons", report.reasons());
    }
    builder.withDetail("nodes", nodes(report));
    if (!report.voters().isEmpty()) {
      builder.withDetail("voters", voters(report));
    }
  }

  private static Status status(HealthStatus status) {
    return switch (status) {
      case UP -> Status.UP;
      case DEGRADED -> DEGRADED;
      case DOWN -> Status.DOWN;
    };
  }

  private static Map<String, Object> nodes(HealthReport report) {
    Map<String, Object> nodes = new LinkedHashMap<>();
    report
        .nodes()
        .forEach(
            n ->
                nodes.put(
                    n.address().toString(),
                    Map.of(
                        "role",
                        n.role().name(),
                        "status",
                        n.status().name(),
                        "detail",
                        n.detail())));
    return nodes;
  }

  private static Map<String, Object> voters(HealthReport report) {
    Map<String, Object> voters = new LinkedHashMap<>();
    report
        .voters()
        .forEach(
            v ->
                voters.put(
                    v.address().toString(),
                    Map.of("self", v.self(), "status", v.status().name(), "detail", v.detail())));
    return voters;
  }
}
