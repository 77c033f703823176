package io.github.jedisfailover.internal.cli;

/** Prose in lines that fit. */
final class Wrapped {
  private Wrapped() {}

  /**
   * @param first before the first line
   * @param indent before the others
   */
  static String text(String prose, String first, String indent) {
    StringBuilder all = new StringBuilder();
    StringBuilder line = new StringBuilder(first);
    int start = first.length();
    for (String word : prose.split(" +")) {
      if (line.length() > start && line.length() + 1 + word.length() > Terminal.WIDTH) {
        all.append(line).append('\n');
        line = new StringBuilder(indent);
        start = indent.length();
      }
      line.append(line.length() > start ? " " : "").append(word);
    }
    return all.append(line).toString();
  }
}
