package io.github.jedisfailover.sentinel;

import java.util.Locale;

/** A row that is answered otherwise on purpose, and why. */
record Departure(Where where, Row row, String reason) {
  /** Which form of the monitor departs. */
  enum Where {
    /** Both. */
    ALWAYS,
    /** Only a monitor inside an application; as a process it answers as Sentinel. */
    EMBEDDED
  }

  /** {@code where; how | request ;; request => reason}. */
  static Departure parse(String line) {
    int semicolon = line.indexOf(';');
    int arrow = line.indexOf(" => ");
    if (arrow < 0) {
      throw new IllegalArgumentException("no reason given: " + line);
    }
    return new Departure(
        Where.valueOf(line.substring(0, semicolon).strip().toUpperCase(Locale.ROOT)),
        Row.parse(line.substring(semicolon + 1, arrow)),
        line.substring(arrow + 4).strip());
  }

  @Override
  public String toString() {
    return row.toString();
  }
}
