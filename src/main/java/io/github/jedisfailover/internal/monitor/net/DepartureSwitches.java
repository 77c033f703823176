package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.SentinelDeparture;
import io.github.jedisfailover.internal.monitor.core.Departures;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The core's rules from what a configuration switches off. */
public final class DepartureSwitches {
  private static final String ALL = "all";

  private DepartureSwitches() {}

  static Departures without(Set<SentinelDeparture> off) {
    return new Departures(
        !off.contains(SentinelDeparture.SYNCED_ONLY),
        !off.contains(SentinelDeparture.EMPTY_MASTER),
        !off.contains(SentinelDeparture.EPOCH_CAP),
        !off.contains(SentinelDeparture.FAST_DEMOTION),
        !off.contains(SentinelDeparture.PATIENCE),
        !off.contains(SentinelDeparture.STALL_DISCOUNT),
        !off.contains(SentinelDeparture.LEAVES_DEAD_PROMOTED),
        !off.contains(SentinelDeparture.SPLIT_RETRY),
        !off.contains(SentinelDeparture.HANDOVER),
        !off.contains(SentinelDeparture.CLOSER_PINGS));
  }

  /**
   * @param names with hyphens, separated by commas, or {@code all}; empty: none
   * @throws IllegalArgumentException if one is unknown
   */
  public static Departures without(String names) {
    Set<SentinelDeparture> off = EnumSet.noneOf(SentinelDeparture.class);
    for (String name : names.split(",")) {
      String word = name.strip();
      if (word.equals(ALL)) {
        off.addAll(EnumSet.allOf(SentinelDeparture.class));
      } else if (!word.isEmpty()) {
        off.add(named(word));
      }
    }
    return without(off);
  }

  private static SentinelDeparture named(String word) {
    return Arrays.stream(SentinelDeparture.values())
        .filter(departure -> name(departure).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be '" + ALL + "' or some of " + names() + ", was '" + word + "'"));
  }

  private static List<String> names() {
    return Arrays.stream(SentinelDeparture.values()).map(DepartureSwitches::name).toList();
  }

  private static String name(SentinelDeparture departure) {
    return departure.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
