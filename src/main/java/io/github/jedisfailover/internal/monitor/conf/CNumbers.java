package io.github.jedisfailover.internal.monitor.conf;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as C's library and Redis read them: the leading digits count, garbage is zero. */
final class CNumbers {
  private static final Pattern LEADING = Pattern.compile("[ \\t-\\r]*([+-]?)(\\d+)");
  private static final Pattern STRICT = Pattern.compile("0|-?[1-9]\\d*");
  private static final Pattern OCTAL = Pattern.compile("[ \\t-\\r]*([+-]?[0-7]+)");
  private static final Pattern MEMORY = Pattern.compile("(\\d*)(\\D.*)?", Pattern.DOTALL);
  private static final BigInteger MAX_UNSIGNED =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final int ENOUGH_DIGITS = 25;
  private static final int MEMORY_DIGITS = 127;
  private static final Map<String, Long> UNITS =
      Map.of(
          "",
          1L,
          "b",
          1L,
          "k",
          1000L,
          "kb",
          1L << 10,
          "m",
          1_000_000L,
          "mb",
          1L << 20,
          "g",
          1_000_000_000L,
          "gb",
          1L << 30);

  private CNumbers() {}

  /** {@code atoi}: a {@code long} clamped to its range, then cut to 32 bits. */
  static int atoi(String text) {
    Matcher number = LEADING.matcher(text);
    if (!number.lookingAt()) {
      return 0;
    }
    BigInteger value = magnitude(number.group(2));
    return (number.group(1).equals("-") ? value.negate() : value).max(MIN).min(MAX).intValue();
  }

  /** {@code strtoull}: too large gives the largest; a sign is taken modulo 2^64. */
  static long strtoull(String text) {
    Matcher number = LEADING.matcher(text);
    if (!number.lookingAt()) {
      return 0;
    }
    BigInteger value = magnitude(number.group(2));
    if (value.compareTo(MAX_UNSIGNED) > 0) {
      return -1L;
    }
    return number.group(1).equals("-") ? -value.longValue() : value.longValue();
  }

  /** {@code string2ll}: a whole, plain number without leading zeros; empty for anything else. */
  static OptionalLong strict(String text) {
    boolean plain = text.length() <= ENOUGH_DIGITS && STRICT.matcher(text).matches();
    return plain ? exact(new BigInteger(text)) : OptionalLong.empty();
  }

  /** {@code strtoll} over all of the text. */
  static OptionalLong whole(String text) {
    Matcher number = LEADING.matcher(text);
    if (!number.matches()) {
      // strtoll leaves an empty text alone and reports its end: zero.
      return text.isEmpty() ? OptionalLong.of(0) : OptionalLong.empty();
    }
    BigInteger value = magnitude(number.group(2));
    BigInteger signed = number.group(1).equals("-") ? value.negate() : value;
    return OptionalLong.of(signed.max(MIN).min(MAX).longValue());
  }

  static OptionalLong octal(String text) {
    Matcher number = OCTAL.matcher(text);
    if (!number.matches()) {
      return text.isEmpty() ? OptionalLong.of(0) : OptionalLong.empty();
    }
    return exact(new BigInteger(number.group(1), 8));
  }

  /**
   * Of a number far out of range only so many digits as show it: the time grows by their square.
   */
  private static BigInteger magnitude(String digits) {
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
    }
    int end = Math.min(digits.length(), first + ENOUGH_DIGITS);
    return new BigInteger(digits.substring(first, end));
  }

  private static OptionalLong exact(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }

  /** {@code memtoull}: digits and a unit; the product may wrap around. */
  static OptionalLong memory(String text) {
    Matcher parts = MEMORY.matcher(text);
    if (!parts.matches() || parts.group(1).length() > MEMORY_DIGITS) {
      return OptionalLong.empty();
    }
    String unit = Optional.ofNullable(parts.group(2)).map(ConfWords::lower).orElse("");
    Long factor = UNITS.get(unit);
    return factor == null
        ? OptionalLong.empty()
        : OptionalLong.of(strtoull(parts.group(1)) * factor);
  }

  /** Bytes in the largest unit that divides them. */
  static String memoryText(long bytes) {
    for (String unit : new String[] {"gb", "mb", "kb"}) {
      long factor = UNITS.get(unit);
      if (bytes != 0 && Long.remainderUnsigned(bytes, factor) == 0) {
        return Long.toUnsignedString(Long.divideUnsigned(bytes, factor)) + unit;
      }
    }
    return Long.toUnsignedString(bytes);
  }
}
