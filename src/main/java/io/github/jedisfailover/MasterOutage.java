package io.github.jedisfailover;

import java.util.concurrent.atomic.AtomicReference;

/** For the log line of a switch: how long the callers had been failing at the master. */
final class MasterOutage {
  /** Failures further apart than this belong to different troubles. */
  private static final long SAME_TROUBLE_MILLIS = 5_000;

  private record Failing(long since, long last) {}

  private final AtomicReference<Failing> failing = new AtomicReference<>();

  void failedAt(long nowMillis) {
    failing.updateAndGet(
        known ->
            known == null || nowMillis - known.last() > SAME_TROUBLE_MILLIS
                ? new Failing(nowMillis, nowMillis)
                : new Failing(known.since(), nowMillis));
  }

  /** Zero if no call failed lately. */
  long endedAfterMillis(long nowMillis) {
    Failing ended = failing.getAndSet(null);
    if (ended == null || nowMillis - ended.last() > SAME_TROUBLE_MILLIS) {
      return 0;
    }
    return nowMillis - ended.since();
  }
}
