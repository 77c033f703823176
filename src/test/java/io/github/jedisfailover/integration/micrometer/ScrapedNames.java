package io.github.jedisfailover.integration.micrometer;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;

/** The names under which Prometheus sees the meters of a registry. */
public final class ScrapedNames {
  private ScrapedNames() {}

  /** Each name that a query can use. */
  public static Set<String> of(PrometheusMeterRegistry registry) {
    return registry
        .scrape()
        .lines()
        .filter(l -> !l.startsWith("#") && !l.isBlank())
        .map(l -> l.split("[{ ]", 2)[0])
        .filter(n -> n.startsWith("db_client_") || n.startsWith("jedis_failover_"))
        .collect(Collectors.toSet());
  }
}
