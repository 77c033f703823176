package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.routing.CommandClassifier;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.RouteTable;
import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.executors.CommandExecutor;

/**
 * Runs every command of the client. The first attempt is a look-up, a borrow and a call; whatever
 * fails goes on in {@link RepeatedCall}, and so does a read with a guard. Thread-safe.
 */
public final class RoutingExecutor implements CommandExecutor {
  private final CommandClassifier classifier;
  private final AtomicInteger turns;
  private final CallContext context;
  private final ScriptMemory scripts;
  private final CallRetry retry;
  private final ReadGuard guard;
  private final Runnable onClose;

  /**
   * @param onClose closes the client; {@code UnifiedJedis.close()} closes nothing but its executor
   */
  public RoutingExecutor(CallContext context, ScriptMemory scripts, Runnable onClose) {
    this(
        new CommandClassifier(),
        new AtomicInteger(),
        context,
        scripts,
        new CallRetry(context),
        null,
        onClose);
  }

  private RoutingExecutor(
      CommandClassifier classifier,
      AtomicInteger turns,
      CallContext context,
      ScriptMemory scripts,
      CallRetry retry,
      ReadGuard guard,
      Runnable onClose) {
    this.classifier = classifier;
    this.turns = turns;
    this.context = context;
    this.scripts = scripts;
    this.retry = retry;
    this.guard = guard;
    this.onClose = onClose;
  }

  /**
   * Shares everything but where reads go and what is repeated.
   *
   * @param reads {@code null} if they need no guard
   */
  RoutingExecutor view(CallContext own, ReadGuard reads, Runnable whenClosed) {
    return new RoutingExecutor(classifier, turns, own, scripts, retry.of(own), reads, whenClosed);
  }

  @Override
  public <T> T executeCommand(CommandObject<T> asked) {
    CallTrace trace = context.watch().begin(asked.getArguments());
    return trace == null ? execute(asked, null) : observed(asked, trace);
  }

  private <T> T observed(CommandObject<T> asked, CallTrace trace) {
    T reply;
    try {
      reply = execute(asked, trace);
    } catch (RuntimeException e) {
      trace.ended(e);
      throw e;
    }
    trace.ended(null);
    return reply;
  }

  /**
   * @param trace {@code null} if nobody observes
   */
  private <T> T execute(CommandObject<T> asked, CallTrace trace) {
    long start = context.clock().nanos();
    CommandObject<T> command = Blocked.patient(asked);
    scripts.note(command.getArguments());
    CommandIntent intent = classifier.classify(command.getArguments());
    if (intent == CommandIntent.MASTER_ONLY && scripts.knowsReadOnly(command.getArguments())) {
      intent = CommandIntent.ANY_NODE; // a replica without the script is told its text
    }
    try {
      return guarded(command, intent, start, trace);
    } catch (JedisNoScriptException e) {
      CommandObject<T> healed = scripts.healed(command, e);
      if (healed == null) {
        throw e;
      }
      return guarded(healed, intent, start, trace); // the node ran nothing
    }
  }

  private <T> T guarded(
      CommandObject<T> command, CommandIntent intent, long start, CallTrace trace) {
    if (guard == null) {
      return run(command, intent, start, trace);
    }
    if (intent == CommandIntent.ANY_NODE) {
      return read(command, start, trace);
    }
    try {
      return run(command, intent, start, trace);
    } finally {
      guard.wrote();
    }
  }

  private <T> T run(CommandObject<T> command, CommandIntent intent, long start, CallTrace trace) {
    RouteTable<Lane> table = context.routes().table();
    int turn = intent == CommandIntent.ANY_NODE && table.takesTurns() ? turns.getAndIncrement() : 0;
    Lane lane = table.candidate(intent, turn, 0);
    if (lane == null || !lane.admits()) {
      return repeated(command, intent, turn, start, null, trace).run();
    }
    if (trace != null) {
      trace.at(lane.pool());
    }
    try {
      T reply = Attempt.run(lane, command);
      if (intent == CommandIntent.MASTER_ONLY) {
        context.watch().wrote(lane.pool(), start);
      }
      return reply;
    } catch (RuntimeException e) {
      RepeatedCall<T> call = repeated(command, intent, turn, start, null, trace);
      call.failedAt(table, lane, e);
      return call.run();
    }
  }

  private <T> T read(CommandObject<T> command, long start, CallTrace trace) {
    int turn = turns.getAndIncrement();
    return repeated(command, CommandIntent.ANY_NODE, turn, start, guard, trace).run();
  }

  private <T> RepeatedCall<T> repeated(
      CommandObject<T> command,
      CommandIntent intent,
      int turn,
      long start,
      ReadGuard reads,
      CallTrace trace) {
    return new RepeatedCall<>(context, retry, command, intent, turn, start, reads, trace);
  }

  @Override
  public void close() {
    onClose.run();
  }

  static JedisException closedClient(CallContext context) {
    return new JedisException("Client '" + context.config().clientName() + "' is closed");
  }
}
