package io.github.jedisfailover.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.config.FailoverConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page's names, defaults and ranges are those of the code. */
class ConfigurationPageTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([A-Za-z.]+)` \\| (.+?) \\| (.*?) ?\\| .*\\|");
  private static final Pattern RANGE = Pattern.compile("(-?\\d+)([a-z]*) to (\\d+)([a-z]*)");

  /**
   * @param defaultValue as the page has it, in back-ticks if it is a value
   */
  private record Line(String name, String defaultValue, String range) {}

  private static List<Line> lines() {
    try (Stream<String> page = Files.lines(Path.of("src/site/markdown/configuration.md"))) {
      return page.dropWhile(l -> !l.equals("### Client"))
          .takeWhile(l -> !l.equals("## Presets"))
          .map(ROW::matcher)
          .filter(Matcher::matches)
          .map(m -> new Line(m.group(1), m.group(2), m.group(3)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Line> defaults() {
    return lines().stream().filter(l -> l.defaultValue().matches("`[^`]+`"));
  }

  static Stream<Line> ranges() {
    return lines().stream().filter(l -> !l.range().isEmpty());
  }

  @Test
  void listsEveryName() {
    assertThat(lines())
        .extracting(Line::name)
        .containsExactlyInAnyOrderElementsOf(NamedSettings.names());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("defaults")
  void settingTheDefaultChangesNothing(Line line) {
    String value = line.defaultValue().replace("`", "");
    assertThat(picture(Map.of(line.name(), value))).isEqualTo(picture(Map.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ranges")
  void theEndsOfTheRangeAreTheLastThatAreTaken(Line line) {
    Matcher range = RANGE.matcher(line.range());
    assertThat(range.matches()).as(line.range()).isTrue();
    long min = Long.parseLong(range.group(1));
    long max = Long.parseLong(range.group(3));
    String low = range.group(2);
    String high = range.group(4);
    takes(line, min + low);
    takes(line, max + high);
    refuses(line, low.isEmpty() ? (min - 1) + "" : millis(min, low) - 1 + "ms");
    refuses(line, high.isEmpty() ? (max + 1) + "" : millis(max, high) + 1 + "ms");
  }

  private static long millis(long amount, String unit) {
    return new Text("", amount + unit).duration().toMillis();
  }

  private static void takes(Line line, String value) {
    assertThatCode(() -> settings(Map.of(line.name(), value))).doesNotThrowAnyException();
  }

  private static void refuses(Line line, String value) {
    assertThatThrownBy(() -> settings(Map.of(line.name(), value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(line.name() + " must be ");
  }

  private static NamedSettings settings(Map<String, String> more) {
    NamedSettings named = new NamedSettings(FailoverConfig.builder());
    Map<String, String> all = new HashMap<>();
    all.put("nodes", "h:1");
    all.put("monitors", "h:1");
    all.put("listen", "h:1");
    all.putAll(more);
    named.add(all);
    return named;
  }

  /** All that the builders made, as text. */
  private static Map<String, String> picture(Map<String, String> more) {
    NamedSettings named = settings(more);
    Map<String, String> picture = new TreeMap<>();
    FailoverConfig client = named.build();
    read("client", client, picture);
    read("connections", client.clientConfig(), picture);
    read("pool", client.poolConfig(), picture);
    read("monitor", named.monitor().orElseThrow(), picture);
    read("listener", named.monitor().orElseThrow().listener(), picture);
    picture.put("sentinels", named.sentinels().toString());
    picture.put("static", "" + named.staticNodes());
    return picture;
  }

  private static void read(String prefix, Object object, Map<String, String> picture) {
    Predicate<Method> plain =
        m ->
            m.getParameterCount() == 0
                && (m.getReturnType().isPrimitive()
                    || m.getReturnType().isEnum()
                    || m.getReturnType() == String.class
                    || m.getReturnType() == Duration.class
                    || m.getReturnType().isRecord()
                    || m.getReturnType() == Optional.class)
                && !m.getName().matches("hashCode|toString|getClass|notify.*|wait|clone|.*Lock.*");
    for (Method method : object.getClass().getMethods()) {
      if (plain.test(method)) {
        try {
          picture.put(prefix + "." + method.getName(), "" + method.invoke(object));
        } catch (IllegalAccessException | InvocationTargetException e) {
          throw new AssertionError(method.toString(), e);
        }
      }
    }
  }
}
