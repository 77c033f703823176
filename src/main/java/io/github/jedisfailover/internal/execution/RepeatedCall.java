package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.config.SideEffect;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import io.github.jedisfailover.exceptions.ReplicaUnavailableException;
import io.github.jedisfailover.internal.lag.Need;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.CommandNames;
import io.github.jedisfailover.internal.routing.Cursors;
import io.github.jedisfailover.internal.routing.RouteTable;
import io.github.jedisfailover.internal.routing.SideEffects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A call that the first attempt did not settle: tries, one after the other, what the policy allows,
 * until the call's deadline.
 *
 * <p>A round asks each candidate of the current table once. After a round the call waits for news
 * of the topology, at most for the back-off, and begins again. Not thread-safe: one per call.
 *
 * @param <T> the reply
 */
final class RepeatedCall<T> {
  /** A proof comes without news of the topology. */
  private static final long PROOF_MILLIS = 5;

  private final CallContext context;
  private final CommandObject<T> command;
  private final CommandIntent intent;
  private final int turn;
  private final ReadGuard guard;
  private final Need need;
  private final Optional<Blocked<T>> blocked;
  private long start; // moved on by the time in which a server made the call wait
  private long attemptStart;
  private final CallRetry.Attempts attempts;
  private final List<Lane> triedInRound = new ArrayList<>(4);
  private RouteTable<Lane> round;
  private RuntimeException last;
  private boolean maybeApplied;
  private long backoffMillis;
  private final CallTrace trace;
  private Parking.Visit parked;
  private boolean toldStale;

  /**
   * @param guard what a replica must have proven, {@code null} for nothing
   * @param trace {@code null} if nobody observes
   */
  RepeatedCall(
      CallContext context,
      CallRetry retry,
      CommandObject<T> command,
      CommandIntent intent,
      int turn,
      long start,
      ReadGuard guard,
      CallTrace trace) {
    this.context = context;
    this.command = command;
    this.intent = intent;
    this.turn = turn;
    this.start = start;
    this.guard = guard;
    this.trace = trace;
    this.need = guard == null ? null : guard.need();
    this.attemptStart = start;
    this.blocked = Blocked.of(command, start);
    this.attempts = retry.newCall();
    this.round = context.routes().table();
  }

  T run() {
    try {
      return tried();
    } finally {
      if (parked != null) {
        parked.close();
      }
    }
  }

  private T tried() {
    while (true) {
      if (isOver()) {
        return blocked.get().nothing();
      }
      Lane lane = nextLane();
      if (lane == null) {
        waitForNews();
        continue;
      }
      attemptStart = context.clock().nanos();
      if (trace != null) {
        trace.at(lane.pool());
      }
      try {
        T reply = Attempt.run(lane, rest(), waitAt(), guard, need);
        if (intent == CommandIntent.MASTER_ONLY) {
          context.watch().wrote(lane.pool(), start);
        }
        return reply;
      } catch (TooStaleException e) {
        last = e;
        noteStale();
        triedInRound.add(lane);
      } catch (RuntimeException e) {
        failedAt(round, lane, e);
      }
    }
  }

  /**
   * Books a failed attempt.
   *
   * @throws RuntimeException if the call ends here
   */
  void failedAt(RouteTable<Lane> table, Lane lane, RuntimeException failure) {
    Failure kind = FailureClassifier.classify(failure, command.getArguments());
    Attempt.book(lane, kind, failure, context.trouble());
    if (kind == Failure.FATAL) {
      throw failure;
    }
    last = failure;
    if (intent == CommandIntent.MASTER_ONLY) {
      context.watch().troubled(start);
    }
    if (blocked.isPresent() && blocked.get().hasWaited(kind, failure)) {
      start += context.clock().nanos() - attemptStart;
    }
    String reason = kind.label();
    if (intent == CommandIntent.ANY_NODE) {
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
    if (table == round) {
      triedInRound.add(lane);
    }
    backoffMillis = attempts.failed(failure);
    if (backoffMillis < 0) {
      throw givenUp();
    }
    context.watch().retried(reason, category());
  }

  private String category() {
    boolean reads = intent == CommandIntent.ANY_NODE;
    return CallWatch.category(reads ? SideEffect.READ : SideEffects.of(command.getArguments()));
  }

  /** Once per read, however many replicas it finds too far behind. */
  private void noteStale() {
    if (!toldStale) {
      toldStale = true;
      context.watch().tooStale();
    }
  }

  private boolean isOver() {
    return blocked.isPresent() && blocked.get().isOver(context.clock().nanos());
  }

  private CommandObject<T> rest() {
    return blocked.isPresent() ? blocked.get().rest(attemptStart) : command;
  }

  /** The next node of this round; held-out nodes only when no other is left to try. */
  private Lane nextLane() {
    if (context.closed().getAsBoolean()) {
      throw maybeApplied ? outcomeUnknown("when closed") : RoutingExecutor.closedClient(context);
    }
    if (remainingNanos() <= 0) {
      throw givenUp();
    }
    RouteTable<Lane> current = context.routes().table();
    if (current != round) {
      beginRound(current);
    }
    Lane heldOut = null;
    for (int i = 0; i < round.candidates(intent); i++) {
      Lane lane = round.candidate(intent, turn, i);
      if (triedInRound.contains(lane)) {
        continue;
      }
      if (!mayServe(lane)) {
        noteStale();
        continue;
      }
      if (lane.admits()) {
        return lane;
      }
      heldOut = heldOut == null ? lane : heldOut;
    }
    return heldOut != null ? heldOut : lastResort(); // may be sick, but better than no answer
  }

  private boolean mayServe(Lane lane) {
    return guard == null || guard.admits(lane, need);
  }

  private Lane lastResort() {
    Lane master = round.master();
    boolean needed = guard != null && guard.fallsBackToMaster() && master != null;
    return needed && !triedInRound.contains(master) ? master : null;
  }

  private void beginRound(RouteTable<Lane> table) {
    round = table;
    triedInRound.clear();
  }

  /** Ends early with any news; without a candidate nothing but news can help. */
  private void waitForNews() {
    if (parked == null) {
      parked = context.watch().parking().visit(CommandNames.name(command.getArguments()), start);
      parked.waits();
      if (intent == CommandIntent.MASTER_ONLY) {
        context.watch().troubled(start);
      }
    }
    long left = remainingNanos();
    if (blocked.isPresent()) {
      left = Math.min(left, blocked.get().searchNanos(context.clock().nanos()));
    }
    if (round.candidates(intent) > 0 || !triedInRound.isEmpty()) {
      long pause = Math.max(guard == null ? 1 : PROOF_MILLIS, backoffMillis);
      left = Math.min(left, Duration.ofMillis(pause).toNanos());
    }
    context.topology().awaitNewerThan(round.version(), Duration.ofNanos(Math.max(0, left)));
    beginRound(context.routes().table());
  }

  private Duration waitAt() {
    return Duration.ofNanos(Math.max(1, remainingNanos()));
  }

  private long remainingNanos() {
    return context.config().callTimeout().toNanos() - (context.clock().nanos() - start);
  }

  private JedisException givenUp() {
    if (maybeApplied) {
      return outcomeUnknown("after " + spent());
    }
    String what = CommandNames.name(command.getArguments()) + " not done within " + spent();
    String group = "Master group '" + context.config().masterName() + "': ";
    ReadFrom policy = context.routes().policy();
    if (intent == CommandIntent.MASTER_ONLY || !policy.allowsReplica()) {
      String why = round.master() == null ? "no master known" : "master " + masterName();
      return refused(new MasterUnavailableException(group + what + ", " + why, last));
    }
    return refused(
        new ReplicaUnavailableException(
            group
                + what
                + ", read policy "
                + policy
                + " left "
                + round.candidates(intent)
                + " nodes"
                + unproven(),
            last));
  }

  private JedisException refused(JedisException failure) {
    return context.watch().refused(category(), failure);
  }

  private String unproven() {
    return guard == null ? "" : ", and those that were not tried have no proof to be fresh enough";
  }

  private OutcomeUnknownException outcomeUnknown(String where) {
    String name = CommandNames.name(command.getArguments());
    String text = name + " " + where + ": sent, no reply; it may have been applied";
    return context.watch().unknown(category(), new OutcomeUnknownException(text, last));
  }

  private String masterName() {
    return round.master().pool().address().toString();
  }

  private String spent() {
    long millis = (context.clock().nanos() - start) / 1_000_000;
    return millis + " ms (" + attempts.made() + " attempts)";
  }
}
