package io.github.jedisfailover.internal.routing;

import io.github.jedisfailover.config.SideEffect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables of the page about repeats, and the examples that go with it. */
final class RepeatsPage {
  private static final Path PAGE = Path.of("src/site/markdown/repeats.md");
  private static final Path EXAMPLES = Path.of("src/test/resources/routing/side-effects.txt");

  /**
   * One command with the side effect that is told of it.
   *
   * @param comparable whether the data after it can be compared
   */
  record Example(String command, SideEffect effect, boolean comparable) {
    String name() {
      return command.split(" ")[0];
    }
  }

  private RepeatsPage() {}

  private static List<String> rows(String heading) {
    List<String> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : lines(PAGE)) {
      if (line.startsWith("## ")) {
        inside = line.equals("## " + heading);
      } else if (inside && line.startsWith("| `")) {
        rows.add(line);
      }
    }
    return rows;
  }

  /** What the page tells of names. */
  static List<String> rowsOfNames() {
    return rows("By name alone");
  }

  /** What the page tells of arguments. */
  static List<Example> byArguments() {
    List<Example> examples = new ArrayList<>();
    for (String row : rows("By arguments")) {
      String[] cells = row.split("\\|");
      SideEffect effect = SideEffect.valueOf(words(cells[2]).get(0));
      words(cells[1]).forEach(c -> examples.add(new Example(c, effect, true)));
    }
    return examples;
  }

  static List<Example> byName() {
    return lines(EXAMPLES).stream()
        .filter(line -> line.contains(" | "))
        .map(line -> line.split(" \\| "))
        .map(RepeatsPage::example)
        .toList();
  }

  private static Example example(String[] cells) {
    boolean comparable = !cells[1].equals("~");
    SideEffect effect = comparable ? SideEffect.valueOf(cells[1]) : null;
    return new Example(cells[0], effect, comparable);
  }

  private static List<String> words(String cell) {
    return Pattern.compile("`([^`]+)`").matcher(cell).results().map(m -> m.group(1)).toList();
  }

  private static List<String> lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Object[] arguments(String command) {
    String[] words = command.split(" ");
    return Arrays.copyOfRange(words, 1, words.length);
  }
}
