package io.github.jedisfailover.internal.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as they have to be; numbers to the right. Not thread-safe. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final int leftColumns;

  /**
   * @param leftColumns so many columns are texts, the others numbers
   */
  Table(int leftColumns, String... titles) {
    this.leftColumns = leftColumns;
    rows.add(List.of(titles));
  }

  /** Fewer cells than titles: the last one runs over the rest. */
  void row(String... cells) {
    rows.add(List.of(cells));
  }

  List<String> lines() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      int sized = row.size() == widths.length ? row.size() : row.size() - 1;
      for (int i = 0; i < sized; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(r -> line(r, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      boolean runsOver = i == row.size() - 1 && row.size() < widths.length;
      String room = " ".repeat(runsOver ? 0 : Math.max(0, widths[i] - cell.length()));
      line.append(i == 0 ? "" : GAP).append(i < leftColumns ? cell + room : room + cell);
    }
    return line.toString().stripTrailing();
  }
}
