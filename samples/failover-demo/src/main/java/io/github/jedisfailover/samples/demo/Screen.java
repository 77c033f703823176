package io.github.jedisfailover.samples.demo;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Lines with the seconds since the start; colours only on a terminal. */
final class Screen {
  private static final boolean COLOUR = System.console() != null;

  private final ReentrantLock lock = new ReentrantLock();
  private final long start = System.nanoTime();

  enum Style {
    PLAIN(""),
    DIM("\u001b[2m"),
    BOLD("\u001b[1m"),
    GOOD("\u001b[32m"),
    BAD("\u001b[31;1m"),
    EVENT("\u001b[36m");

    private final String code;

    Style(String code) {
      this.code = code;
    }

    String paint(String text) {
      return COLOUR && this != PLAIN ? code + text + "\u001b[0m" : text;
    }
  }

  /** One line with the time in front. */
  void say(Style style, String text) {
    double seconds = (System.nanoTime() - start) / 1e9;
    raw(style.paint(String.format("%6.1fs  %s", seconds, text)));
  }

  void say(String text) {
    say(Style.PLAIN, text);
  }

  /** What happens next. */
  void title(String text) {
    raw("");
    say(Style.BOLD, "== " + text);
  }

  /** A line without the time. */
  void raw(String text) {
    lock.lock();
    try {
      System.out.println(text);
      System.out.flush();
    } finally {
      lock.unlock();
    }
  }

  /** Columns as wide as their widest cell; the first row is the head. */
  void table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] width = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        width[c] = Math.max(width[c], row.get(c).length());
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder line = new StringBuilder("         ");
      for (int c = 0; c < columns; c++) {
        line.append(String.format("%-" + (width[c] + 3) + "s", rows.get(r).get(c)));
      }
      raw((r == 0 ? Style.BOLD : Style.PLAIN).paint(line.toString().stripTrailing()));
    }
  }
}
