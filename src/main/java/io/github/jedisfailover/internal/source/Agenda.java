package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.runtime.ClosableGate;
import io.github.jedisfailover.internal.runtime.Entropy;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.util.Optional;

/**
 * What an observer's thread has to do next, and when. Hundreds of observers hear the same event at
 * the same moment: what is not urgent is put off by chance, so that they do not ask at once.
 * Thread-safe.
 */
final class Agenda {
  private static final long NEVER = Long.MAX_VALUE;

  enum Task {
    /** Ask the believed master what it is. */
    CHECK,
    /** Ask one voter. */
    ASK_ONE,
    /** Ask all voters. */
    ASK_ALL
  }

  private final ClosableGate gate = new ClosableGate();
  private final MonotonicClock clock;
  private long checkAt = NEVER;
  private long askAt;
  private boolean all = true;
  private long plan;

  /** All voters are to be asked at once. */
  Agenda(MonotonicClock clock) {
    this.clock = clock;
    this.askAt = clock.millis();
  }

  /** Waits for the next task; empty once closed. */
  Optional<Task> await() throws InterruptedException {
    boolean open = true;
    while (open) {
      long[] seen = gate.call(() -> new long[] {plan, Math.min(checkAt, askAt)});
      long now = clock.millis();
      if (seen[1] <= now) {
        return gate.isClosed() ? Optional.empty() : Optional.of(gate.call(() -> take(now)));
      }
      open = gate.await(() -> plan != seen[0], seen[1] == NEVER ? NEVER : seen[1] - now);
    }
    return Optional.empty();
  }

  private Task take(long now) {
    if (checkAt <= now) {
      checkAt = NEVER;
      return Task.CHECK;
    }
    Task task = all ? Task.ASK_ALL : Task.ASK_ONE;
    askAt = NEVER;
    all = false;
    return task;
  }

  /** All voters, after a time of chance within these bounds, or before if that is planned. */
  void askAll(long fromMillis, long toMillis) {
    long at = clock.millis() + Entropy.between(fromMillis, toMillis);
    gate.change(
        () -> {
          // a time of chance that is drawn again and again comes ever closer
          if (!all || askAt > clock.millis() + toMillis) {
            askAt = Math.min(askAt, at);
            all = true;
            plan++;
          }
        });
  }

  /** One voter, if nothing is planned before. */
  void askOne(long fromMillis, long toMillis) {
    long at = clock.millis() + Entropy.between(fromMillis, toMillis);
    gate.change(
        () -> {
          askAt = Math.min(askAt, at);
          plan++;
        });
  }

  /** The master, after this time, or before if that is planned. */
  void check(long afterMillis) {
    long at = clock.millis() + afterMillis;
    gate.change(
        () -> {
          if (at < checkAt) {
            checkAt = at;
            plan++;
          }
        });
  }

  void close() {
    gate.close();
  }
}
