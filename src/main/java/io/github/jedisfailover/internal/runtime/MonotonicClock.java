package io.github.jedisfailover.internal.runtime;

import java.time.Instant;

/** Monotonic time for decisions, wall time for people. */
public interface MonotonicClock {
  /** The system's clocks. */
  MonotonicClock SYSTEM =
      new MonotonicClock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Instant wallNow() {
          return Instant.now();
        }
      };

  long nanos();

  Instant wallNow();

  default long millis() {
    return nanos() / 1_000_000L;
  }
}
