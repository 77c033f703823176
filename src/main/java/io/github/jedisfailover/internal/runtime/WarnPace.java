package io.github.jedisfailover.internal.runtime;

/** At most one warning a minute about a trouble that lasts. Used by one thread. */
public final class WarnPace {
  private static final long PERIOD_MILLIS = 60_000;

  private boolean warned;
  private long lastMillis;

  /** Whether to warn now; if so, the next minute is silent. */
  public boolean due(long nowMillis) {
    boolean due = !warned || nowMillis - lastMillis >= PERIOD_MILLIS;
    if (due) {
      warned = true;
      lastMillis = nowMillis;
    }
    return due;
  }
}
