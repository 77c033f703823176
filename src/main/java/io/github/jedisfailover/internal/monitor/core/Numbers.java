package io.github.jedisfailover.internal.monitor.core;

import java.util.Optional;

/** Reads numbers as Redis' {@code string2ll}: no sign but minus, no zeros in front, no blanks. */
final class Numbers {
  private Numbers() {}

  static Optional<Long> integer(String text) {
    if (!text.matches("0|-?[1-9][0-9]{0,18}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty(); // 19 digits may still exceed a long
    }
  }
}
