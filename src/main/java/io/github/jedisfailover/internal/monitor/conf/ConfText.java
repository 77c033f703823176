package io.github.jedisfailover.internal.monitor.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A config file as Redis cuts it into lines. */
final class ConfText {
  private ConfText() {}

  /**
   * The lines without blanks around them. A text that ends with a line feed has an empty last one,
   * an empty text has none: a rewrite of the file shows the difference.
   */
  static List<Line> lines(String text) {
    List<Line> lines = new ArrayList<>();
    if (text.isEmpty()) {
      return lines;
    }
    for (String line : text.split("\n", -1)) {
      lines.add(new Line(lines.size() + 1, ConfWords.trimmed(line)));
    }
    return lines;
  }

  /**
   * One line.
   *
   * @param number from 1
   * @param text without blanks around it
   */
  record Line(int number, String text) {
    boolean saysNothing() {
      return text.isEmpty() || text.charAt(0) == '#';
    }

    /** Its words, empty if the quotes are not balanced. */
    Optional<List<String>> words() {
      return ConfWords.split(text);
    }
  }
}
