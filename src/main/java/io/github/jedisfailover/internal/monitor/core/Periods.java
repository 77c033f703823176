package io.github.jedisfailover.internal.monitor.core;

import java.util.EnumMap;
import java.util.Map;

/** The values of all {@link Period}s at one moment; never stored, as in Sentinel. */
public final class Periods {
  public static final Periods DEFAULT = new Periods(new EnumMap<>(Period.class));

  /** What differs from the defaults. */
  private final Map<Period, Long> changed;

  private Periods(Map<Period, Long> changed) {
    this.changed = changed;
  }

  /** Milliseconds. */
  public long get(Period period) {
    return changed.getOrDefault(period, period.defaultMillis());
  }

  /**
   * @param millis above 0
   */
  public Periods with(Period period, long millis) {
    if (millis <= 0) {
      throw new IllegalArgumentException(period.wireName() + " must be above 0, was " + millis);
    }
    Map<Period, Long> next = new EnumMap<>(Period.class);
    next.putAll(changed);
    next.put(period, millis);
    return new Periods(next);
  }

  @Override
  public String toString() {
    return changed.toString();
  }
}
