package io.github.jedisfailover.config;

import java.time.Duration;
import java.util.Objects;

/** One wording for all refused settings: setting, rule, value. */
final class Checks {
  private Checks() {}

  static int between(String setting, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          setting + " must be " + min + ".." + max + ", was " + value);
    }
    return value;
  }

  static Duration between(String setting, Duration value, Duration min, Duration max) {
    Objects.requireNonNull(value, setting);
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          setting + " must be " + text(min) + ".." + text(max) + ", was " + text(value));
    }
    return value;
  }

  static String name(String setting, String value) {
    Objects.requireNonNull(value, setting);
    boolean bad = value.isEmpty() || value.length() > 128;
    if (bad || value.chars().anyMatch(c -> c <= ' ' || c == ',' || c > '~')) {
      throw new IllegalArgumentException(
          setting
              + " must be 1..128 printable ASCII characters without spaces or commas, was '"
              + value
              + "'");
    }
    return value;
  }

  private static String text(Duration d) {
    try {
      return d.toMillis() + " ms";
    } catch (ArithmeticException e) {
      return d.toString(); // more than a long has milliseconds
    }
  }
}
