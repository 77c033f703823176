package io.github.jedisfailover.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The tables of the page that tells what of Sentinel is there, by the heading above each. */
public final class CompatibilityPage {
  private static final Path FILE = Path.of("src/site/markdown/sentinel-compatibility.md");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  private final Map<String, List<Row>> tables = new LinkedHashMap<>();

  /**
   * One line of a table.
   *
   * @param names what stands in the first cell in code style, or all of it
   */
  public record Row(List<String> names, List<String> cells) {
    /** {@code same}, {@code better} or {@code left out}. */
    public String state() {
      return cells.get(cells.size() - 2);
    }

    /** The last cell: how, or why. */
    public String how() {
      return cells.get(cells.size() - 1);
    }
  }

  private CompatibilityPage() {}

  public static CompatibilityPage read() {
    CompatibilityPage page = new CompatibilityPage();
    String heading = "";
    for (String line : lines()) {
      if (line.startsWith("#")) {
        heading = line.replaceFirst("^#+ ", "");
      } else if (line.startsWith("| ")) {
        page.tables.computeIfAbsent(heading, h -> new ArrayList<>()).add(row(line));
      }
    }
    page.tables.values().forEach(rows -> rows.remove(0)); // the names of the columns
    return page;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    List<String> cells =
        Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
            .map(String::strip)
            .toList();
    List<String> names = NAME.matcher(cells.get(0)).results().map(CompatibilityPage::name).toList();
    return new Row(names.isEmpty() ? List.of(cells.get(0)) : names, cells);
  }

  private static String name(MatchResult match) {
    return match.group(1);
  }

  public List<Row> table(String heading) {
    List<Row> rows = tables.get(heading);
    if (rows == null) {
      throw new IllegalArgumentException(
          "no table '" + heading + "', there are " + tables.keySet());
    }
    return rows;
  }

  /** All rows of all tables. */
  public List<Row> rows() {
    return tables.values().stream().flatMap(List::stream).toList();
  }

  /** Name to row; fails if a name stands in two rows of a table. */
  public Map<String, Row> byName(String heading) {
    Map<String, Row> byName = new LinkedHashMap<>();
    for (Row row : table(heading)) {
      for (String name : row.names()) {
        if (byName.put(name, row) != null) {
          throw new IllegalStateException(name + " stands twice under '" + heading + "'");
        }
      }
    }
    return byName;
  }
}
