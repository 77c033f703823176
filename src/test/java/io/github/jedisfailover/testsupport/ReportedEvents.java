package io.github.jedisfailover.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The events that the monitor's core can report, with their levels, as its source text names them.
 * A name is always a literal there; a literal in a call that is not understood fails.
 */
public final class ReportedEvents {
  private static final Path CORE =
      Path.of("src/main/java/io/github/jedisfailover/internal/monitor/core");
  private static final Pattern LITERAL = Pattern.compile("\"([+-][a-z][a-z-]+)\"");
  private static final Pattern LEVEL = Pattern.compile("Level\\.(\\w+)");
  private static final Map<String, String> LEVELS =
      Map.of("warn", "warning", "notice", "notice", "debug", "debug");

  private ReportedEvents() {}

  /** Name to level, in lower case. */
  public static Map<String, String> read() {
    Map<String, String> events = new TreeMap<>();
    for (Path file : files()) {
      String source = text(file);
      Matcher literal = LITERAL.matcher(source);
      while (literal.find()) {
        String level = level(source, literal.start());
        String other = events.put(literal.group(1), level);
        if (other != null && !other.equals(level)) {
          throw new IllegalStateException(literal.group(1) + " is both " + other + " and " + level);
        }
      }
    }
    return events;
  }

  private static List<Path> files() {
    try (Stream<Path> files = Files.list(CORE)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the call that this place is an argument of. */
  private static String level(String source, int place) {
    int open = place;
    for (int depth = 0; depth >= 0; ) {
      char c = source.charAt(--open);
      depth += c == ')' ? 1 : c == '(' ? -1 : 0;
    }
    int start = open;
    while (Character.isJavaIdentifierPart(source.charAt(start - 1))) {
      start--;
    }
    String method = source.substring(start, open);
    Matcher given = LEVEL.matcher(source.substring(open, place));
    if (given.find()) {
      return given.group(1).toLowerCase(Locale.ROOT);
    }
    return LEVELS.containsKey(method) ? LEVELS.get(method) : levelInside(source, method);
  }

  /** Of a method that passes the name on. */
  private static String levelInside(String source, String method) {
    Pattern passes =
        Pattern.compile(
            "void " + method + "\\([^)]*String event\\) \\{.*?s\\.(\\w+)\\(g, event",
            Pattern.DOTALL);
    Matcher found = passes.matcher(source);
    if (!found.find()) {
      throw new IllegalStateException("what does " + method + "(...) report, and how loud?");
    }
    return LEVELS.get(found.group(1));
  }
}
