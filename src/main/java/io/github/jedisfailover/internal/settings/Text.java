package io.github.jedisfailover.internal.settings;

import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One value as it was given, read as what its setting is.
 *
 * @param name the setting, for messages
 */
record Text(String name, String value) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,15}) ?(ms|s|m|h)");

  /** Says the rule and the value. */
  IllegalArgumentException wrong(String rule) {
    return new IllegalArgumentException(name + " must be " + rule + ", was '" + value + "'");
  }

  int number(int min, int max) {
    int number;
    try {
      number = Integer.parseInt(value.trim());
    } catch (NumberFormatException e) {
      throw wrong("a whole number in " + min + ".." + max);
    }
    if (number < min || number > max) {
      throw new IllegalArgumentException(name + " must be " + min + ".." + max + ", was " + number);
    }
    return number;
  }

  boolean truth() {
    return switch (value.trim().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong("true or false");
    };
  }

  /** A number alone is refused: whoever writes 5 may mean seconds. */
  Duration duration() {
    String text = value.trim();
    Matcher match = DURATION.matcher(text);
    try {
      Duration duration =
          match.matches() ? amount(match.group(1), match.group(2)) : Duration.parse(text);
      duration.toMillis(); // what has no number of milliseconds fits nowhere
      return duration;
    } catch (DateTimeParseException | ArithmeticException e) {
      throw wrong("a duration with its unit, such as 500ms, 2s, 5m, 1h or PT2S");
    }
  }

  private static Duration amount(String digits, String unit) {
    long amount = Long.parseLong(digits);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  Duration duration(Duration min, Duration max) {
    Duration duration = duration();
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          name
              + " must be "
              + min.toMillis()
              + " ms.."
              + max.toMillis()
              + " ms, was "
              + duration.toMillis()
              + " ms");
    }
    return duration;
  }

  /** Parts between commas. */
  List<String> list() {
    List<String> parts = Arrays.stream(value.split(",", -1)).map(String::trim).toList();
    if (parts.contains("")) {
      throw wrong("a list with commas between its parts and no empty part");
    }
    return parts;
  }

  NodeAddress address() {
    return address(value.trim());
  }

  private NodeAddress address(String part) {
    try {
      return NodeAddress.parse(part);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Addresses and what belongs to each, {@code a:1=x,b:1=y}.
   *
   * @param form of a pair, for messages
   */
  Map<NodeAddress, String> pairs(String form) {
    Map<NodeAddress, String> pairs = new LinkedHashMap<>();
    for (String pair : list()) {
      String[] sides = pair.split("=", -1);
      if (sides.length != 2) {
        throw wrong("pairs of " + form + ", with commas between");
      }
      if (pairs.put(address(sides[0].trim()), sides[1].trim()) != null) {
        throw wrong("pairs of " + form + ", no address twice");
      }
    }
    return pairs;
  }

  NodeAddress[] addresses(int max) {
    List<NodeAddress> addresses = list().stream().map(this::address).toList();
    if (addresses.size() > max) {
      throw new IllegalArgumentException(
          name + " must be 1.." + max + " addresses, was " + addresses.size());
    }
    if (new LinkedHashSet<>(addresses).size() != addresses.size()) {
      throw new IllegalArgumentException(name + " must be different addresses, was " + addresses);
    }
    return addresses.toArray(NodeAddress[]::new);
  }

  /** Constants by their names, in any case and with or without underscores: readFrom, READ_FROM. */
  <E> E oneOf(List<E> constants, Function<E, String> constantName) {
    return oneOf(value.trim(), constants, constantName);
  }

  <E> E oneOf(String word, List<E> constants, Function<E, String> constantName) {
    String wanted = plain(word);
    return constants.stream()
        .filter(c -> plain(constantName.apply(c)).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "one of "
                        + String.join(
                            ", ", constants.stream().map(constantName).map(Text::camel).toList())));
  }

  private static String plain(String word) {
    return word.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }

  /** {@code REPLICA_PREFERRED} as {@code replicaPreferred}. */
  static String camel(String constant) {
    StringBuilder camel = new StringBuilder();
    boolean upper = false;
    for (char c : constant.toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        camel.append(upper ? c : Character.toLowerCase(c));
        upper = false;
      }
    }
    return camel.toString();
  }
}
