package io.github.jedisfailover.it;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.health.HealthReport;
import java.util.List;

/**
 * Uses a client with nothing on the class path but what the library cannot do without. Arguments:
 * the address of a voter to be, and the nodes. Knows the public API and the JDK only.
 */
public final class BareProgram {
  private static final List<String> OPTIONAL =
      List.of(
          "io.micrometer.core.instrument.MeterRegistry",
          "io.opentelemetry.api.OpenTelemetry",
          "org.springframework.boot.SpringApplication",
          "org.springframework.data.redis.core.RedisTemplate",
          "picocli.CommandLine",
          "org.junit.jupiter.api.Test",
          "org.testcontainers.containers.GenericContainer",
          "redis.embedded.RedisServer",
          "ch.qos.logback.classic.Logger");

  private BareProgram() {}

  public static void main(String[] arguments) {
    for (String name : OPTIONAL) {
      if (isThere(name)) {
        throw new IllegalStateException(name + " is on the class path");
      }
    }
    String[] nodes = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
    MonitorConfig voter =
        MonitorConfig.builder().voters(arguments[0]).quorum(1).listen(arguments[0]).build();
    try (RedisFailoverClient redis =
        RedisFailoverClient.builder().nodes(nodes).monitor(voter).jmx(true).build()) {
      redis.set("bare", "works");
      HealthReport health = redis.health();
      System.out.println("read " + redis.reading(ReadFrom.MASTER).get("bare"));
      System.out.println("health " + health.status() + " " + health.reasons());
      System.out.println(redis.dump());
      System.out.println("done");
    }
  }

  private static boolean isThere(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
