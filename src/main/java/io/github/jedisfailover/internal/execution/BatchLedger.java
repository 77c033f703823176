package io.github.jedisfailover.internal.execution;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What became of each command of a pipeline, and which of them may be sent again.
 *
 * <p>Told after each attempt how far the requests were sent and which replies came. Decides so that
 * two things hold, whatever breaks: no command takes effect twice unless it is idempotent and the
 * user opted in; and nothing takes effect, or is answered, out of the order of the pipeline. From
 * the first command without a good reply on, the rest is therefore sent again as a whole or not at
 * all:
 *
 * <ol>
 *   <li>Nothing in the rest can have taken effect (reads, refused, not sent): all of it is
 *       repeated. Replies that reads in it got already are dropped, since they did not see what was
 *       refused before them.
 *   <li>Something may have, but all writes up to the last such one are repeatable: the writes, and
 *       everything after them, are repeated. A read between them is not, it might see what stands
 *       behind it.
 *   <li>Else nothing is. What comes after a command of unknown outcome must not take effect if that
 *       one did not.
 * </ol>
 *
 * <p>Pure. Not thread-safe.
 */
final class BatchLedger {
  /** What a command does to the data. */
  enum Effect {
    /** Only reads. */
    NONE,
    /** Idempotent, and the user lets such writes be repeated. */
    REPEATABLE,
    /** Must not run twice. */
    ONCE
  }

  /** What came back for a command. */
  enum Reply {
    /** An answer, errors of the command itself included. */
    ANSWER,
    /** Refused by the node: not applied. */
    REFUSAL,
    /** An error that may have come after a part took effect. */
    DOUBTFUL
  }

  /** Where a command stands. */
  enum Verdict {
    /** To be sent. */
    PENDING,
    /** Its reply is the answer. */
    ANSWERED,
    /** Its reply is a refusal, and it is too late to repeat it in order. */
    REFUSED,
    /** Sent, and no reply that tells; not repeated. */
    UNKNOWN,
    /** Certainly not applied; not repeated. */
    NOT_APPLIED
  }

  private enum Seen {
    ANSWER,
    REFUSAL,
    DOUBTFUL,
    SILENCE,
    UNSENT
  }

  private final Effect[] effects;
  private final Verdict[] verdicts;
  private final boolean[] maybeApplied;
  private int[] pending;

  BatchLedger(List<Effect> effects) {
    this.effects = effects.toArray(Effect[]::new);
    this.verdicts = new Verdict[this.effects.length];
    Arrays.fill(verdicts, Verdict.PENDING);
    this.maybeApplied = new boolean[this.effects.length];
    this.pending = IntStream.range(0, this.effects.length).toArray();
  }

  /** The commands to send next, in order; empty when all is settled. */
  int[] pending() {
    return pending.clone();
  }

  Verdict verdict(int command) {
    return verdicts[command];
  }

  /** Whether an earlier attempt may have applied a command that is still pending. */
  boolean maybeApplied(int command) {
    return maybeApplied[command];
  }

  /**
   * Takes what one attempt at {@link #pending()} came to.
   *
   * @param sent how many of them may have reached the node
   * @param replies what came back, in order; not more than were sent
   */
  void attempted(int sent, List<Reply> replies) {
    Seen[] seen = new Seen[pending.length];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = seen(i, sent, replies);
      if (seen[i] == Seen.SILENCE && effects[pending[i]] != Effect.NONE) {
        maybeApplied[pending[i]] = true;
      }
    }
    int first = 0;
    while (first < seen.length && seen[first] == Seen.ANSWER) {
      verdicts[pending[first++]] = Verdict.ANSWERED;
    }
    int last = lastThatMayHaveTakenEffect(seen, first);
    if (last < 0) {
      pending = Arrays.copyOfRange(pending, first, pending.length);
    } else if (repeatable(seen, first, last)) {
      repeatWrites(seen, first, last);
    } else {
      settle(seen, first, seen.length);
      pending = new int[0];
    }
  }

  private Seen seen(int i, int sent, List<Reply> replies) {
    if (i >= replies.size()) {
      return i < sent ? Seen.SILENCE : Seen.UNSENT;
    }
    return switch (replies.get(i)) {
      case ANSWER -> Seen.ANSWER;
      case REFUSAL -> Seen.REFUSAL;
      case DOUBTFUL -> effects[pending[i]] == Effect.NONE ? Seen.REFUSAL : Seen.DOUBTFUL;
    };
  }

  private int lastThatMayHaveTakenEffect(Seen[] seen, int first) {
    for (int i = seen.length - 1; i >= first; i--) {
      boolean write = effects[pending[i]] != Effect.NONE;
      if (write
          && (maybeApplied[pending[i]] || seen[i] == Seen.ANSWER || seen[i] == Seen.DOUBTFUL)) {
        return i;
      }
    }
    return -1;
  }

  /** An answered write is never repeated, also not an idempotent one. */
  private boolean repeatable(Seen[] seen, int first, int last) {
    for (int i = first; i <= last; i++) {
      Effect effect = effects[pending[i]];
      boolean answered = seen[i] == Seen.ANSWER || seen[i] == Seen.DOUBTFUL;
      if (effect == Effect.ONCE || effect == Effect.REPEATABLE && answered) {
        return false;
      }
    }
    return true;
  }

  private void repeatWrites(Seen[] seen, int first, int last) {
    int[] again = new int[pending.length - first];
    int count = 0;
    boolean afterWrite = false;
    for (int i = first; i < pending.length; i++) {
      boolean read = effects[pending[i]] == Effect.NONE;
      if (i > last || !read) {
        again[count++] = pending[i];
      } else if (afterWrite) {
        verdicts[pending[i]] = Verdict.UNKNOWN; // an answer would not have seen that write
      } else {
        settle(seen, i, i + 1);
      }
      afterWrite |= !read;
    }
    pending = Arrays.copyOf(again, count);
  }

  private void settle(Seen[] seen, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean maybe = maybeApplied[pending[i]];
      verdicts[pending[i]] =
          switch (seen[i]) {
            case ANSWER -> Verdict.ANSWERED;
            case REFUSAL -> maybe ? Verdict.UNKNOWN : Verdict.REFUSED;
            case DOUBTFUL, SILENCE -> Verdict.UNKNOWN;
            case UNSENT -> maybe ? Verdict.UNKNOWN : Verdict.NOT_APPLIED;
          };
    }
  }

  /** No further attempt: what may have been applied is unknown, the rest was not applied. */
  void giveUp() {
    for (int command : pending) {
      verdicts[command] = maybeApplied[command] ? Verdict.UNKNOWN : Verdict.NOT_APPLIED;
    }
    pending = new int[0];
  }
}
