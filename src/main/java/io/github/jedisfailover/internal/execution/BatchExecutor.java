package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.routing.CommandClassifier;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.RouteTable;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.CommandObject;

/** Runs the batches of pipelines. Thread-safe. */
public final class BatchExecutor {
  private final CommandClassifier classifier;
  private final AtomicInteger turns;
  private final CallContext context;
  private final ScriptMemory scripts;
  private final CallRetry retry;
  private final SessionState session;

  public BatchExecutor(CallContext context, ScriptMemory scripts) {
    this(
        new CommandClassifier(),
        new AtomicInteger(),
        context,
        scripts,
        new CallRetry(context),
        null);
  }

  private BatchExecutor(
      CommandClassifier classifier,
      AtomicInteger turns,
      CallContext context,
      ScriptMemory scripts,
      CallRetry retry,
      SessionState session) {
    this.classifier = classifier;
    this.turns = turns;
    this.context = context;
    this.scripts = scripts;
    this.retry = retry;
    this.session = session;
  }

  /** Shares everything but where reads go and what is repeated. */
  BatchExecutor view(CallContext own) {
    return new BatchExecutor(classifier, turns, own, scripts, retry.of(own), session);
  }

  /** The same for a session, which is told of each batch that may have written. */
  BatchExecutor of(SessionState other) {
    return new BatchExecutor(classifier, turns, context, scripts, retry, other);
  }

  /** Sends nothing yet. */
  public <T> QueuedCommand<T> queue(CommandObject<T> command) {
    scripts.note(command.getArguments());
    boolean reads =
        classifier.classify(command.getArguments()) == CommandIntent.ANY_NODE
            || scripts.knowsReadOnly(command.getArguments());
    return new QueuedCommand<>(command, reads ? CommandIntent.ANY_NODE : CommandIntent.MASTER_ONLY);
  }

  /**
   * Sends the commands in one go and settles all of them.
   *
   * @param commands not empty
   * @param wanted where all of them may go; under a bound on the lag, and in a session, all of them
   *     go to the master, since the proof is one of single reads
   * @throws RuntimeException if not all of them were answered by a node
   */
  public void run(List<QueuedCommand<?>> commands, CommandIntent wanted) {
    boolean guarded = session != null || ReadGuard.isNeededFor(context.routes().policy());
    CommandIntent intent = guarded ? CommandIntent.MASTER_ONLY : wanted;
    RouteTable<Lane> table = context.routes().table();
    boolean turning = intent == CommandIntent.ANY_NODE && table.takesTurns();
    int turn = turning ? turns.getAndIncrement() : 0;
    CandidateRounds rounds =
        new CandidateRounds(context, retry, intent, turn, table, context.clock().nanos(), null);
    try {
      new BatchCall(context, scripts, rounds, intent, commands).run();
    } finally {
      if (session != null && wanted == CommandIntent.MASTER_ONLY) {
        session.wrote();
      }
    }
  }
}
