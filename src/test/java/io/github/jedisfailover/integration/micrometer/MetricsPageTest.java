package io.github.jedisfailover.integration.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** One list of meters: code, page and dashboard name the same. */
class MetricsPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/observability.md");
  private static final String HEAD =
      "| Meter | In Prometheus | Kind, unit | Tags beside `client` | What |";

  private static Set<String> scraped(MeterDefinition definition) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Meters meters = new Meters(registry, "c", Tags.empty());
    String[] values = new String[definition.tags().size()];
    Arrays.fill(values, "v");
    switch (definition.kind()) {
      case GAUGE -> meters.gauge(definition, () -> 1, values);
      case COUNTER -> meters.counter(definition, values);
      case TIMER -> meters.timer(definition, values);
      default -> throw new AssertionError(definition);
    }
    return new TreeSet<>(ScrapedNames.of(registry));
  }

  private static String row(MeterDefinition d) {
    String names = String.join("`, `", scraped(d));
    String kind = d.kind().name().toLowerCase(Locale.ROOT);
    return "| `%s` | `%s` | %s | %s | %s |"
        .formatted(
            d.meter(),
            names,
            d.unit().isEmpty() ? kind : kind + ", " + d.unit(),
            d.tags().isEmpty() ? "" : "`" + String.join("`, `", d.tags()) + "`",
            d.description());
  }

  @Test
  void thePageHasTheTableOfTheDefinitions() throws IOException {
    List<String> expected = new ArrayList<>(List.of(HEAD, "|---|---|---|---|---|"));
    Arrays.stream(MeterDefinition.values()).map(MetricsPageTest::row).forEach(expected::add);
    List<String> page =
        Files.readAllLines(PAGE).stream()
            .dropWhile(l -> !l.equals(HEAD))
            .takeWhile(l -> l.startsWith("|"))
            .toList();
    assertThat(page).as(() -> "should be\n" + String.join("\n", expected)).isEqualTo(expected);
  }

  @Test
  void theDashboardAsksForNothingElse() {
    Set<String> known = new TreeSet<>();
    Arrays.stream(MeterDefinition.values()).map(MetricsPageTest::scraped).forEach(known::addAll);
    assertThat(DashboardQueries.names()).hasSizeGreaterThan(20).isSubsetOf(known);
  }

  @Test
  void theDashboardCanBeImportedAnywhere() {
    JsonObject dashboard = DashboardQueries.dashboard();
    assertThat(dashboard.get("title").getAsString()).isEqualTo("Jedis Failover");
    assertThat(dashboard.get("id").isJsonNull()).as("no id of another Grafana").isTrue();
    dashboard
        .getAsJsonArray("panels")
        .forEach(
            panel -> {
              JsonObject p = panel.getAsJsonObject();
              assertThat(p.has("gridPos")).isTrue();
              if (!p.get("type").getAsString().equals("row")) {
                assertThat(p.getAsJsonObject("datasource").get("uid").getAsString())
                    .isEqualTo("${datasource}");
                p.getAsJsonArray("targets")
                    .forEach(
                        t ->
                            assertThat(t.getAsJsonObject().get("expr").getAsString())
                                .contains("client=~\"$client\""));
              }
            });
  }
}
