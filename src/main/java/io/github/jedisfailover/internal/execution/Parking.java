package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** The calls that found no node to serve them, and wait for one. Thread-safe. */
public final class Parking {
  private final MonotonicClock clock;
  private final LongConsumer onLeave;
  private final Set<Visit> waiting = ConcurrentHashMap.newKeySet(); // one per waiting thread

  /**
   * @param onLeave told how long each call took that had to wait, in nanoseconds
   */
  Parking(MonotonicClock clock, LongConsumer onLeave) {
    this.clock = clock;
    this.onLeave = onLeave;
  }

  /** One call, which counts from its first wait to its end. Not thread-safe. */
  final class Visit implements AutoCloseable {
    private final String what;
    private final long start;
    private boolean entered;

    private Visit(String what, long start) {
      this.what = what;
      this.start = start;
    }

    /** It has to wait; told as often as it does. */
    void waits() {
      if (!entered) {
        entered = true;
        waiting.add(this);
      }
    }

    @Override
    public void close() {
      if (entered) {
        waiting.remove(this);
        onLeave.accept(clock.nanos() - start);
      }
    }
  }

  /**
   * @param what name of the command
   * @param nanos how long it is under way
   */
  public record Waiting(String what, long nanos) {}

  /**
   * @param start when the call began
   */
  Visit visit(String what, long start) {
    return new Visit(what, start);
  }

  public int count() {
    return waiting.size();
  }

  /** The longest first. */
  public List<Waiting> longest(int most) {
    long now = clock.nanos();
    return waiting.stream()
        .map(p -> new Waiting(p.what, now - p.start))
        .sorted(Comparator.comparingLong(Waiting::nanos).reversed())
        .limit(most)
        .toList();
  }
}
