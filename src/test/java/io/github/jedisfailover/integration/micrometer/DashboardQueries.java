package io.github.jedisfailover.integration.micrometer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the Grafana dashboard asks Prometheus for. */
public final class DashboardQueries {
  public static final Path FILE = Path.of("samples/grafana/jedis-failover.json");

  private static final Set<String> LANGUAGE =
      Set.of(
          "sum",
          "max",
          "min",
          "avg",
          "by",
          "rate",
          "increase",
          "label_values",
          "clamp_min",
          "or",
          "vector",
          "query_result",
          "last_over_time",
          "max_over_time",
          "on",
          "ignoring");
  private static final Pattern WORD = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

  private DashboardQueries() {}

  public static JsonObject dashboard() {
    try {
      return JsonParser.parseString(Files.readString(FILE)).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All expressions, those of variables and annotations too. */
  public static List<String> expressions() {
    List<String> found = new ArrayList<>();
    collect(dashboard(), found);
    return found;
  }

  private static void collect(JsonElement element, List<String> found) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(e -> collect(e, found));
    } else if (element.isJsonObject()) {
      element
          .getAsJsonObject()
          .entrySet()
          .forEach(
              e -> {
                boolean text = e.getValue().isJsonPrimitive();
                if (text && Set.of("expr", "query", "definition").contains(e.getKey())) {
                  found.add(e.getValue().getAsString());
                } else {
                  collect(e.getValue(), found);
                }
              });
    }
  }

  /** Whatever is no part of the language, label or variable: names of metrics, or mistakes. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (String expression : expressions()) {
      String bare =
          expression
              .replaceAll("label_values\\(([^,]*),[^)]*\\)", "$1")
              .replaceAll("\\{[^}]*\\}", "")
              .replaceAll("\\[[^]]*\\]", "")
              .replaceAll("\\b(by|on|ignoring) *\\([^)]*\\)", "");
      WORD.matcher(bare)
          .results()
          .map(m -> m.group())
          .filter(w -> !LANGUAGE.contains(w))
          .filter(w -> !w.equals("prometheus")) // the kind of the data source
          .forEach(names::add);
    }
    return names;
  }
}
