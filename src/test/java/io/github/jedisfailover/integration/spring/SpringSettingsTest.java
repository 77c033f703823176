package io.github.jedisfailover.integration.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.jedisfailover.internal.jedis.JedisVersion;
import io.github.jedisfailover.internal.settings.NamedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Properties, their metadata and the documentation say the same. */
class SpringSettingsTest {
  private static final Path METADATA =
      Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json");
  private static final Path PAGE = Path.of("src", "site", "markdown", "configuration.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([\\w.]+)` \\| `([^`]+)` \\|", Pattern.MULTILINE);

  @Test
  void everySettingHasAPropertyWithTypeAndText() throws IOException {
    Map<String, JsonObject> properties = metadata();
    TreeSet<String> expected =
        NamedSettings.names().stream()
            .map(PropertyNames::property)
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add("jedis-failover.enabled");
    expected.add("management.health.jedis-failover.enabled");

    assertThat(properties.keySet()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(properties.values())
        .allSatisfy(p -> assertThat(p.keySet()).contains("type", "description"));
  }

  @Test
  void theMetadataHasTheDefaultsOfTheDocumentation() throws IOException {
    Map<String, JsonObject> properties = metadata();
    Matcher row = ROW.matcher(Files.readString(PAGE));
    int compared = 0;
    while (row.find()) {
      JsonObject property = properties.get(PropertyNames.property(row.group(1)));
      if (property != null && !row.group(1).equals("protocol")) {
        assertThat(plain(property.get("defaultValue"))).as(row.group(1)).isEqualTo(plain(row));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(40);
  }

  private static String plain(Matcher row) {
    return row.group(2).replace("-", "").toLowerCase(Locale.ROOT);
  }

  private static String plain(JsonElement value) {
    JsonElement single =
        value != null && value.isJsonArray() ? value.getAsJsonArray().get(0) : value;
    return single == null ? "none" : single.getAsString().replace("-", "").toLowerCase(Locale.ROOT);
  }

  private static Map<String, JsonObject> metadata() throws IOException {
    Map<String, JsonObject> properties = new LinkedHashMap<>();
    JsonObject root = JsonParser.parseString(Files.readString(METADATA)).getAsJsonObject();
    root.getAsJsonArray("properties")
        .forEach(
            p -> properties.put(p.getAsJsonObject().get("name").getAsString(), (JsonObject) p));
    return properties;
  }

  @Test
  void everyPropertyArrivesUnderItsName() throws IOException {
    Map<String, Object> source = new LinkedHashMap<>();
    metadata()
        .forEach(
            (name, property) -> {
              String type = property.get("type").getAsString();
              source.put(
                  name,
                  type.endsWith("Preset")
                      ? "fast-failover"
                      : type.endsWith("Duration")
                          ? "3s"
                          : type.endsWith("Integer")
                              ? "7"
                              : type.endsWith("Boolean")
                                  ? "true"
                                  : type.contains("SideEffect")
                                      ? "last-write-wins"
                                      : type.contains("SentinelDeparture") ? null : "a");
            });
    source.values().removeIf(v -> v == null);
    JedisFailoverProperties bound =
        new Binder(new MapConfigurationPropertySource(source))
            .bind(JedisFailoverProperties.PREFIX, JedisFailoverProperties.class)
            .get();

    TreeSet<String> expected = new TreeSet<>(NamedSettings.names());
    expected.remove("without");
    assertThat(bound.values().all().keySet()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(bound.toString()).contains("callTimeout").doesNotContain("=");
  }

  @Test
  void theReleaseThatIsAskedForIsTheOneCompiledAgainst() throws IOException {
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<jedis.version>" + JedisVersion.NEEDED + "</jedis.version>");
    assertThat(Files.readString(Path.of("samples", "spring-boot", "pom.xml")))
        .contains("<jedis.version>" + JedisVersion.NEEDED + "</jedis.version>");
  }
}
