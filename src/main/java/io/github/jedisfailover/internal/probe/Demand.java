package io.github.jedisfailover.internal.probe;

/**
 * How often the nodes are to be asked, and when somebody last said so. Immutable.
 *
 * @param paceNanos time between two questions to a node
 * @param atNanos when it was last asked for
 */
record Demand(long paceNanos, long atNanos) {
  /** Without a read that needs them for so long, the probes rest. */
  private static final long LASTS_NANOS = 10_000_000_000L;

  /** Renewed this seldom, so that callers do not all write the same field. */
  private static final long RENEW_NANOS = 1_000_000_000L;

  boolean isOver(long nowNanos) {
    return nowNanos - atNanos > LASTS_NANOS;
  }

  /**
   * The demand after one more read: the fastest pace of late counts.
   *
   * @param known {@code null} before the first
   * @return {@code known} itself if nothing changes
   */
  static Demand after(Demand known, long paceNanos, long nowNanos) {
    boolean counts =
        known == null
            || known.isOver(nowNanos)
            || paceNanos < known.paceNanos()
            || (paceNanos == known.paceNanos() && nowNanos - known.atNanos() > RENEW_NANOS);
    return counts ? new Demand(paceNanos, nowNanos) : known;
  }
}
