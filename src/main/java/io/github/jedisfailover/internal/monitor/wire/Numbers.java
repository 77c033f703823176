package io.github.jedisfailover.internal.monitor.wire;

import java.util.OptionalLong;

/**
 * Integers as {@code string2ll} in Redis' util.c takes them: no plus, no leading zeros or spaces.
 */
final class Numbers {
  static final String INVALID = "ERR value is not an integer or out of range";

  private Numbers() {}

  static OptionalLong parse(String text) {
    boolean plain = text.matches("0|-?[1-9][0-9]{0,18}");
    try {
      return plain ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // 19 digits may exceed a long
    }
  }
}
