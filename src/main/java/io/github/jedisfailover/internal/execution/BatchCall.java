package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.SideEffect;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.NotAppliedException;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import io.github.jedisfailover.exceptions.ReplicaUnavailableException;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.CommandNames;
import io.github.jedisfailover.internal.routing.SideEffects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Runs one batch of a pipeline to the end: each command gets its reply or a failure that says what
 * is known of it. What may be sent again is the {@link BatchLedger}'s decision. Not thread-safe.
 */
final class BatchCall {
  private final CallContext context;
  private final ScriptMemory scripts;
  private final CommandIntent intent;
  private final List<QueuedCommand<?>> commands;
  private final CandidateRounds rounds;
  private BatchLedger ledger; // made when the first attempt leaves something open
  private RuntimeException last;
  private String where = "no node";

  BatchCall(
      CallContext context,
      ScriptMemory scripts,
      CandidateRounds rounds,
      CommandIntent intent,
      List<QueuedCommand<?>> commands) {
    this.context = context;
    this.scripts = scripts;
    this.rounds = rounds;
    this.intent = intent;
    this.commands = commands;
  }

  /**
   * Settles all commands.
   *
   * @param trace {@code null} if nobody observes
   * @throws RuntimeException if not all of them were answered; each tells the details
   */
  void run(CallTrace trace) {
    try {
      attemptAll(trace);
    } finally {
      rounds.end();
    }
  }

  private void attemptAll(CallTrace trace) {
    List<QueuedCommand<?>> pending = commands;
    RuntimeException fatal = null;
    while (!pending.isEmpty() && fatal == null) {
      Lane lane;
      try {
        lane = rounds.next();
      } catch (JedisException e) { // interrupted
        fatal = e;
        continue;
      }
      if (lane == null) {
        break;
      }
      where = lane.pool().address().toString();
      if (trace != null) {
        trace.at(lane.pool());
      }
      BatchAttempt attempt = BatchAttempt.run(lane, rounds.remaining(), pending, scripts);
      if (ledger == null && attempt.failure() == null && !attempt.hasErrors()) {
        rounds.succeeded(lane);
        pending.forEach(QueuedCommand::settle);
        return;
      }
      fatal = book(lane, attempt, pending);
      pending = Arrays.stream(ledger.pending()).<QueuedCommand<?>>mapToObj(commands::get).toList();
    }
    settle(fatal);
  }

  /**
   * @return a failure that no repeat can mend, or {@code null}
   */
  private RuntimeException book(Lane lane, BatchAttempt attempt, List<QueuedCommand<?>> pending) {
    if (ledger == null) {
      ledger = new BatchLedger(commands.stream().map(this::effect).toList());
    }
    RuntimeException failure = attempt.failure();
    Failure kind = failure == null ? null : FailureClassifier.classify(failure, null);
    List<BatchLedger.Reply> replies = new ArrayList<>(attempt.replies());
    for (QueuedCommand<?> command : pending.subList(0, attempt.replies())) {
      BatchLedger.Reply reply = reply(command);
      if (reply != BatchLedger.Reply.ANSWER && failure == null) {
        failure = (JedisDataException) command.reply();
        kind = Failure.REFUSED;
      }
      replies.add(reply);
    }
    ledger.attempted(attempt.sent(), replies);
    if (failure == null) {
      rounds.succeeded(lane);
      return null;
    }
    last = failure;
    Attempt.book(lane, kind, failure, context.trouble());
    if (kind == Failure.FATAL) {
      return failure;
    }
    rounds.failed(lane, failure);
    if (ledger.pending().length > 0) {
      String reason = intent == CommandIntent.ANY_NODE ? "read" : kind.label();
      context.watch().retried(reason, CallWatch.PIPELINE);
    }
    return null;
  }

  private BatchLedger.Effect effect(QueuedCommand<?> command) {
    if (command.reads()) {
      return BatchLedger.Effect.NONE;
    }
    SideEffect effect = SideEffects.of(command.command().getArguments());
    return context.retry().repeats().contains(effect)
        ? BatchLedger.Effect.REPEATABLE
        : BatchLedger.Effect.ONCE;
  }

  private static BatchLedger.Reply reply(QueuedCommand<?> command) {
    if (!(command.reply() instanceof JedisDataException error)) {
      return BatchLedger.Reply.ANSWER;
    }
    return switch (FailureClassifier.classify(error, command.command().getArguments())) {
      case REFUSED -> BatchLedger.Reply.REFUSAL;
      case UNKNOWN -> BatchLedger.Reply.DOUBTFUL;
      case NOT_SENT, FATAL -> BatchLedger.Reply.ANSWER;
    };
  }

  private void settle(RuntimeException fatal) {
    if (ledger == null) {
      ledger = new BatchLedger(commands.stream().map(this::effect).toList());
    }
    boolean[] gaveUpOn = new boolean[commands.size()];
    for (int command : ledger.pending()) {
      gaveUpOn[command] = true;
    }
    ledger.giveUp();
    int answered = 0;
    int unknown = 0;
    RuntimeException first = null;
    for (int i = 0; i < commands.size(); i++) {
      QueuedCommand<?> command = commands.get(i);
      RuntimeException failure = null;
      switch (ledger.verdict(i)) {
        case UNKNOWN -> {
          failure = unknown(command);
          unknown++;
        }
        case NOT_APPLIED ->
            failure = gaveUpOn[i] ? unavailable(command, fatal) : notApplied(command);
        default -> answered++;
      }
      if (failure == null) {
        command.settle();
      } else {
        first = first == null ? failure : first;
        command.fail(failure);
      }
    }
    report(first, answered, unknown);
  }

  private void report(RuntimeException first, int answered, int unknown) {
    if (first == null) {
      return;
    }
    int notApplied = commands.size() - answered - unknown;
    String counts =
        "Pipeline of %d commands: %d answered, %d with unknown outcome, %d certainly not applied;"
            .formatted(commands.size(), answered, unknown, notApplied);
    String text = counts + " each response tells its own. First: " + first.getMessage();
    if (unknown > 0) {
      OutcomeUnknownException failure = new OutcomeUnknownException(text, last);
      throw context.watch().unknown(CallWatch.PIPELINE, failure);
    }
    if (first instanceof MasterUnavailableException) {
      MasterUnavailableException failure = new MasterUnavailableException(text, last);
      throw context.watch().refused(CallWatch.PIPELINE, failure);
    }
    if (first instanceof ReplicaUnavailableException) {
      ReplicaUnavailableException failure = new ReplicaUnavailableException(text, last);
      throw context.watch().refused(CallWatch.PIPELINE, failure);
    }
    throw first;
  }

  private OutcomeUnknownException unknown(QueuedCommand<?> command) {
    return new OutcomeUnknownException(
        name(command)
            + " in a pipeline on "
            + where
            + ": sent, no reply"
            + (command.reads() ? "" : "; it may have been applied"),
        last);
  }

  private NotAppliedException notApplied(QueuedCommand<?> command) {
    return new NotAppliedException(
        name(command)
            + " in a pipeline on "
            + where
            + ": not sent, since the outcome of a command before it is unknown",
        last);
  }

  private RuntimeException unavailable(QueuedCommand<?> command, RuntimeException fatal) {
    if (fatal != null) {
      return fatal;
    }
    if (context.closed().getAsBoolean()) {
      return RoutingExecutor.closedClient(context);
    }
    String text =
        "Master group '%s': %s in a pipeline not done within %s"
            .formatted(context.config().masterName(), name(command), rounds.spent());
    return intent == CommandIntent.MASTER_ONLY || !context.routes().policy().allowsReplica()
        ? new MasterUnavailableException(text, last)
        : new ReplicaUnavailableException(text, last);
  }

  private static String name(QueuedCommand<?> command) {
    return CommandNames.name(command.command().getArguments());
  }
}
