package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.JedisFailoverPool;
import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.settings.NamedSettings;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a builder can be told in Java, a text can say too, or the page says why not. */
class SettersByNameTest {
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)\\((.*?)\\)` \\| \\S.* \\|");

  /** The texts themselves. */
  private static final Set<String> TEXTS = Set.of("uri", "settings");

  /**
   * @param prefix of the names of this builder's settings
   */
  private record Setter(String prefix, String name, String parameter) {
    boolean hasName() {
      String full = prefix + name;
      Set<String> names = NamedSettings.names();
      boolean parts = names.stream().anyMatch(n -> n.startsWith(full + "."));
      // a client's own listener is no part of the monitor's
      return names.contains(full) || parts && !parameter.equals("FailoverListener");
    }

    boolean isIn(List<String> rows) {
      return rows.contains(name + "(" + parameter + ")") || rows.contains(name + "(..)");
    }
  }

  private static Stream<Setter> setters(String prefix, Class<?> builder) {
    return Arrays.stream(builder.getMethods())
        .filter(m -> !Modifier.isStatic(m.getModifiers()) && !m.isBridge())
        .filter(m -> m.getReturnType().isAssignableFrom(builder))
        .filter(m -> m.getDeclaringClass() != Object.class && !TEXTS.contains(m.getName()))
        .map(m -> new Setter(prefix, m.getName(), parameter(m)));
  }

  private static String parameter(Method setter) {
    return Arrays.stream(setter.getParameterTypes())
        .map(t -> t.isArray() ? t.getComponentType() : t)
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", "));
  }

  private static List<Setter> all() {
    return Stream.of(
            setters("", RedisFailoverClient.Builder.class),
            setters("", RedisFailover.Builder.class),
            setters("", JedisFailoverPool.Builder.class),
            setters("", FailoverConfig.Builder.class),
            setters("", MonitorConfig.Builder.class),
            setters("listener.", ListenerConfig.Builder.class))
        .flatMap(s -> s)
        .distinct()
        .toList();
  }

  private static List<String> rows() throws IOException {
    try (Stream<String> page = Files.lines(Path.of("src/site/markdown/configuration.md"))) {
      return page.dropWhile(l -> !l.startsWith("### Setters with no name of their own"))
          .takeWhile(l -> !l.equals("## Presets"))
          .map(ROW::matcher)
          .filter(Matcher::matches)
          .map(m -> m.group(1) + "(" + m.group(2) + ")")
          .toList();
    }
  }

  @Test
  void eachSetterHasANameOrAReasonForNone() throws IOException {
    List<String> rows = rows();
    assertThat(all()).hasSizeGreaterThan(40);
    assertThat(all().stream().filter(s -> !s.hasName() && !s.isIn(rows))).isEmpty();
  }

  @Test
  void thePageGivesNoReasonForASetterThatIsNotThere() throws IOException {
    Set<String> left = new TreeSet<>(rows());
    all().stream()
        .filter(s -> !s.hasName())
        .forEach(
            s -> left.removeAll(Set.of(s.name() + "(" + s.parameter() + ")", s.name() + "(..)")));
    assertThat(left).isEmpty();
  }
}
