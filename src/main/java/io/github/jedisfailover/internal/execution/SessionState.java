package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.lag.Need;
import io.github.jedisfailover.internal.lag.Position;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What one session has to see: all that it has written, and what a token told it of. Thread-safe.
 *
 * <p>It remembers the moment of its last write and asks nobody: a replica that holds all that the
 * master had at that moment or later has the write. So a write costs nothing, and a switch needs no
 * rule of its own: what a replica holds of the new master includes the write, unless it was lost.
 */
public final class SessionState {
  private final MonotonicClock clock;
  private final AtomicReference<Mark> mark;
  private final AtomicInteger lent = new AtomicInteger();

  /**
   * @param written whether this session wrote itself
   * @param nanos its last write, or when it took the token
   * @param position the token's, {@code null} without one or after a write
   */
  private record Mark(boolean written, long nanos, Position position) {}

  /**
   * @param position where another session was, {@code null} to begin with nothing
   */
  public SessionState(MonotonicClock clock, Position position) {
    this.clock = clock;
    // Whoever made the token wrote before we got it: what the master has now includes it.
    this.mark = new AtomicReference<>(new Mark(false, clock.nanos(), position));
  }

  /** A write has ended, well or not. */
  void wrote() {
    Mark now = new Mark(true, clock.nanos(), null);
    mark.updateAndGet(known -> known.written() && known.nanos() - now.nanos() > 0 ? known : now);
  }

  /** A connection of the master is lent: what it writes, and when, cannot be seen. */
  void lend() {
    lent.incrementAndGet();
  }

  void takeBack() {
    wrote();
    lent.decrementAndGet();
  }

  /** Whether only the master will do. */
  boolean isWriting() {
    return lent.get() > 0;
  }

  Need need(Need bounds) {
    Mark known = mark.get();
    if (known.written()) {
      return bounds.since(known.nanos());
    }
    return known.position() == null ? bounds : bounds.sinceOr(known.nanos(), known.position());
  }

  /** The position that it began with, if it has not written since; else {@code null}. */
  Position untouched() {
    return mark.get().position();
  }

  boolean hasWritten() {
    return mark.get().written() || isWriting();
  }
}
