package io.github.jedisfailover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page explains every line that is logged at INFO and above, and no other. */
class LogLinesTest {
  private static final Path PAGE = Path.of("src/site/markdown/observability.md");
  private static final Pattern ROW =
      Pattern.compile("\\| (INFO|WARN|ERROR) \\| `([^`]+)` \\| .+\\|");
  private static final Pattern CALL =
      Pattern.compile("log\\.(info|warn|error)\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** Programs and tests have a log of their own; Spring's part is told on its page. */
  private static final Pattern ELSEWHERE = Pattern.compile("/(process|cli|testing|spring)/");

  private static Stream<String> sources() {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/github/jedisfailover"))) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .filter(f -> !ELSEWHERE.matcher(f.toString()).find())
          .map(LogLinesTest::text)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyLineIsExplained() throws IOException {
    Set<String> logged =
        sources()
            .flatMap(s -> CALL.matcher(s).results())
            .map(m -> m.group(1).toUpperCase(Locale.ROOT) + " " + m.group(2))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> explained;
    try (Stream<String> page = Files.lines(PAGE)) {
      explained =
          page.map(ROW::matcher)
              .filter(Matcher::matches)
              .map(m -> m.group(1) + " " + m.group(2))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    assertThat(explained).containsExactlyElementsOf(logged);
  }
}
