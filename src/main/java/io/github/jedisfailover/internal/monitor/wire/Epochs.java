package io.github.jedisfailover.internal.monitor.wire;

import java.util.OptionalLong;

/** Reads numbers that strangers send. */
final class Epochs {
  /**
   * Epochs from here on are refused. An epoch is taken over by all voters for ever and is counted
   * up by one per failover: a forged one near the end of the range would end all failovers.
   */
  static final long LIMIT = Long.MAX_VALUE - (1L << 20) + 1;

  private static final int MAX_DIGITS = 19;

  private Epochs() {}

  /** An unsigned decimal below {@link #LIMIT}. */
  static OptionalLong epoch(String text) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= MAX_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      return OptionalLong.empty();
    }
    try {
      long value = Long.parseLong(text);
      return value < LIMIT ? OptionalLong.of(value) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // 19 digits may still exceed a long
    }
  }

  static boolean isId(String text) {
    return text.length() == 40
        && text.chars()
            .allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F');
  }
}
