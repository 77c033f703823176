package io.github.jedisfailover.internal.monitor.wire;

import java.util.List;

/**
 * What CLIENT TRACKING was told. There are no keys to track: it is checked, kept and shown.
 *
 * @param flags as CLIENT TRACKINGINFO lists them
 * @param redirect id of the connection that is told, 0 for this one, -1 while off
 */
public record Tracking(List<String> flags, long redirect, List<String> prefixes) {
  static final Tracking OFF = new Tracking(List.of("off"), -1, List.of());

  public Tracking {
    flags = List.copyOf(flags);
    prefixes = List.copyOf(prefixes);
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  boolean isOn() {
    return has("on");
  }
}
