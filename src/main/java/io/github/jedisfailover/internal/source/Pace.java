package io.github.jedisfailover.internal.source;

/**
 * How long an observer waits before it asks again by itself; pure. The bounds lie apart so that
 * observers do not ask in step.
 */
enum Pace {
  /** All is well and would be told: one voter in turn, for what no event tells. */
  CALM(4_000, 6_000),
  /** All is well, but not everything would be told. */
  WATCHFUL(1_000, 2_000),
  /** There is no master that is well; events tell when there is, or nobody would. */
  TROUBLED(1_000, 3_000),
  /** There is no master that is well, voters answer, and no event would tell. */
  URGENT(100, 200);

  private final long fromMillis;
  private final long toMillis;

  Pace(long fromMillis, long toMillis) {
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
  }

  /**
   * @param well there is a master, and neither voters nor callers have trouble with it
   * @param listening to how many voters it listens
   * @param wanted to how many it wants to listen
   * @param answered whether any voter answered the last time
   */
  static Pace of(boolean well, int listening, int wanted, boolean answered) {
    if (well) {
      return listening == wanted ? CALM : WATCHFUL;
    }
    return listening == 0 && answered ? URGENT : TROUBLED;
  }

  long fromMillis() {
    return fromMillis;
  }

  long toMillis() {
    return toMillis;
  }
}
