package io.github.jedisfailover.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/** The text form of a read policy. */
final class ReadFromText {
  private ReadFromText() {}

  static ReadFrom parse(String text) {
    Objects.requireNonNull(text, "readFrom");
    String[] parts = text.trim().split(";");
    ReadFrom policy = named(parts.length == 0 ? "" : parts[0].trim(), text);
    for (int i = 1; i < parts.length; i++) {
      policy = add(policy, parts[i].trim(), text);
    }
    return policy;
  }

  private static ReadFrom named(String name, String text) {
    // replicaPreferred and REPLICA_PREFERRED meet in the middle.
    String plain = name.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    return switch (plain) {
      case "MASTER" -> ReadFrom.MASTER;
      case "MASTER_PREFERRED" -> ReadFrom.MASTER_PREFERRED;
      case "REPLICA" -> ReadFrom.REPLICA;
      case "REPLICA_PREFERRED" -> ReadFrom.REPLICA_PREFERRED;
      case "ANY" -> ReadFrom.ANY;
      case "LOWEST_LATENCY" -> ReadFrom.LOWEST_LATENCY;
      default ->
          throw refused(
              "begin with one of " + Arrays.toString(ReadFrom.Order.values()), text, null);
    };
  }

  private static ReadFrom add(ReadFrom policy, String option, String text) {
    int equals = option.indexOf('=');
    String value = option.substring(equals + 1).trim();
    try {
      return switch (equals < 0 ? option : option.substring(0, equals).trim()) {
        case "subnet" -> policy.inSubnet(value.split("\\+"));
        case "within" -> policy.within(duration(value));
        case "withinBytes" -> policy.withinBytes(Long.parseLong(value));
        default -> throw refused("have no option but subnet, within and withinBytes", text, null);
      };
    } catch (NumberFormatException e) {
      throw refused("have within=<n>ms or <n>s and withinBytes=<n>", text, e);
    }
  }

  private static Duration duration(String value) {
    if (value.endsWith("ms")) {
      return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
    }
    if (value.endsWith("s")) {
      return Duration.ofSeconds(Long.parseLong(value.substring(0, value.length() - 1)));
    }
    throw new NumberFormatException("no unit");
  }

  private static IllegalArgumentException refused(String rule, String text, Exception cause) {
    return new IllegalArgumentException("readFrom must " + rule + ", was '" + text + "'", cause);
  }
}
