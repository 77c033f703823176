package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.config.SideEffect;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import io.github.jedisfailover.exceptions.ReplicaUnavailableException;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.CommandNames;
import io.github.jedisfailover.internal.routing.Cursors;
import io.github.jedisfailover.internal.routing.SideEffects;
import java.util.Optional;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A call that the first attempt did not settle: tries, one after the other, what the policy allows,
 * until the call's deadline. Not thread-safe: one per call.
 *
 * @param <T> the reply
 */
final class RepeatedCall<T> {
  private final CallContext context;
  private final CommandObject<T> command;
  private final CandidateRounds rounds;
  private final Optional<Blocked<T>> blocked;
  private long attemptStart;
  private RuntimeException last;
  private boolean maybeApplied;

  /**
   * @param start when the call, and its first attempt, began
   */
  RepeatedCall(CallContext context, CommandObject<T> command, CandidateRounds rounds, long start) {
    this.context = context;
    this.command = command;
    this.rounds = rounds;
    this.attemptStart = start;
    this.blocked = Blocked.of(command, start);
  }

  T run() {
    while (true) {
      if (isOver()) {
        return blocked.get().nothing();
      }
      Lane lane = nextLane();
      if (lane == null) {
        rounds.awaitNews(searchNanos());
        continue;
      }
      attemptStart = context.clock().nanos();
      try {
        return Attempt.run(lane, rest(), rounds.remaining(), rounds.guard());
      } catch (TooStaleException e) {
        last = e;
        rounds.skip(lane);
      } catch (RuntimeException e) {
        failedAt(lane, e);
      }
    }
  }

  /**
   * Books a failed attempt.
   *
   * @throws RuntimeException if the call ends here
   */
  void failedAt(Lane lane, RuntimeException failure) {
    Failure kind = FailureClassifier.classify(failure, command.getArguments());
    Attempt.book(lane, kind, failure, context.trouble());
    if (kind == Failure.FATAL) {
      throw failure;
    }
    last = failure;
    if (blocked.isPresent() && blocked.get().hasWaited(kind, failure)) {
      rounds.forgive(context.clock().nanos() - attemptStart);
    }
    String reason = kind.label();
    if (rounds.intent() == CommandIntent.ANY_NODE) {
      reason = "read";
    } else if (kind == Failure.UNKNOWN) {
      SideEffect effect = SideEffects.of(command.getArguments());
      maybeApplied |= effect != SideEffect.READ;
      reason = effect == SideEffect.READ ? "read" : "opted-in";
      if (effect == SideEffect.NEVER && Cursors.index(command.getArguments()) > 0) {
        String lost = "is lost with " + lane.pool().address();
        throw CursorSteps.lost(command.getArguments(), lost, failure);
      }
      if (!context.retry().repeats().contains(effect)) {
        throw outcomeUnknown("on " + lane.pool().address());
      }
    }
    if (!rounds.failed(lane, failure)) {
      throw givenUp();
    }
    context.metrics().retried(reason);
  }

  private boolean isOver() {
    return blocked.isPresent() && blocked.get().isOver(context.clock().nanos());
  }

  private CommandObject<T> rest() {
    return blocked.isPresent() ? blocked.get().rest(attemptStart) : command;
  }

  private long searchNanos() {
    return blocked.isPresent()
        ? blocked.get().searchNanos(context.clock().nanos())
        : Long.MAX_VALUE;
  }

  private Lane nextLane() {
    if (context.closed().getAsBoolean()) {
      throw maybeApplied ? outcomeUnknown("when closed") : RoutingExecutor.closedClient(context);
    }
    if (rounds.remainingNanos() <= 0) {
      throw givenUp();
    }
    return rounds.candidate();
  }

  private JedisException givenUp() {
    if (maybeApplied) {
      return outcomeUnknown("after " + rounds.spent());
    }
    String what = CommandNames.name(command.getArguments()) + " not done within " + rounds.spent();
    String group = "Master group '" + context.config().masterName() + "': ";
    ReadFrom policy = context.routes().policy();
    if (rounds.intent() == CommandIntent.MASTER_ONLY || !policy.allowsReplica()) {
      return new MasterUnavailableException(group + what + ", " + master(), last);
    }
    return new ReplicaUnavailableException(
        group
            + what
            + ", read policy "
            + policy
            + " left "
            + rounds.round().candidates(rounds.intent())
            + " nodes"
            + unproven(),
        last);
  }

  private String unproven() {
    return rounds.guard() == null
        ? ""
        : ", and those that were not tried have no proof to be fresh enough";
  }

  private OutcomeUnknownException outcomeUnknown(String where) {
    context.metrics().outcomeUnknown();
    String name = CommandNames.name(command.getArguments());
    return new OutcomeUnknownException(
        name + " " + where + ": sent, no reply; it may have been applied", last);
  }

  private String master() {
    Lane master = rounds.round().master();
    return master == null ? "no master known" : "master " + master.pool().address();
  }
}
