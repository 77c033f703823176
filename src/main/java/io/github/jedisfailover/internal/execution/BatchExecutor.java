package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.routing.CommandClassifier;
import io.github.jedisfailover.internal.routing.CommandIntent;
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

  public BatchExecutor(CallContext context, ScriptMemory scripts) {
    this(new CommandClassifier(), new AtomicInteger(), context, scripts, new CallRetry(context));
  }

  private BatchExecutor(
      CommandClassifier classifier,
      AtomicInteger turns,
      CallContext context,
      ScriptMemory scripts,
      CallRetry retry) {
    this.classifier = classifier;
    this.turns = turns;
    this.context = context;
    this.scripts = scripts;
    this.retry = retry;
  }

  /** Shares everything but where reads go and what is repeated. */
  BatchExecutor view(CallContext own) {
    return new BatchExecutor(classifier, turns, own, scripts, retry.of(own));
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
   * @param wanted where all of them may go; under a bound on the lag all of them go to the master,
   *     since the proof is one of single reads
   * @throws RuntimeException if not all of them were answered by a node
   */
  public void run(List<QueuedCommand<?>> commands, CommandIntent wanted) {
    boolean bounded = ReadGuard.isNeededFor(context.routes().policy());
    CommandIntent intent = bounded ? CommandIntent.MASTER_ONLY : wanted;
    boolean turning = intent == CommandIntent.ANY_NODE && context.routes().table().takesTurns();
    int turn = turning ? turns.getAndIncrement() : 0;
    CandidateRounds rounds = new CandidateRounds(context, retry, intent, turn);
    BatchCall call = new BatchCall(context, scripts, rounds, intent, commands);
    if (!context.watch().isObserved()) {
      call.run(null);
      return;
    }
    CallTrace trace =
        context
            .watch()
            .batch("PIPELINE", commands.stream().map(c -> c.command().getArguments()).toList());
    try {
      call.run(trace);
    } catch (RuntimeException e) {
      trace.ended(e);
      throw e;
    }
    trace.ended(null);
  }
}
