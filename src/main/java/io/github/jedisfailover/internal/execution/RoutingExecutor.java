package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.routing.CommandClassifier;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.RouteTable;
import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.executors.CommandExecutor;

/**
 * Runs every command of the client. The first attempt is a look-up, a borrow and a call; whatever
 * fails goes on in {@link RepeatedCall}. Thread-safe.
 */
public final class RoutingExecutor implements CommandExecutor {
  private final CommandClassifier classifier = new CommandClassifier();
  private final AtomicInteger turns = new AtomicInteger();
  private final CallContext context;
  private final CallRetry retry;
  private final Runnable onClose;

  /**
   * @param onClose closes the client; {@code UnifiedJedis.close()} closes nothing but its executor
   */
  public RoutingExecutor(CallContext context, Runnable onClose) {
    this.context = context;
    this.retry = new CallRetry(context.config());
    this.onClose = onClose;
  }

  @Override
  public <T> T executeCommand(CommandObject<T> asked) {
    CommandObject<T> command = Blocked.patient(asked);
    CommandIntent intent = classifier.classify(command.getArguments());
    RouteTable<Lane> table = context.routes().table();
    int turn = intent == CommandIntent.ANY_NODE && table.takesTurns() ? turns.getAndIncrement() : 0;
    Lane lane = table.candidate(intent, turn, 0);
    long start = context.clock().nanos();
    if (lane == null || !lane.admits()) {
      return new RepeatedCall<>(context, retry, command, intent, turn, start).run();
    }
    try {
      return Attempt.run(lane, command);
    } catch (RuntimeException e) {
      RepeatedCall<T> call = new RepeatedCall<>(context, retry, command, intent, turn, start);
      call.failedAt(table, lane, e);
      return call.run();
    }
  }

  @Override
  public void close() {
    onClose.run();
  }

  static JedisException closedClient(CallContext context) {
    return new JedisException("Client '" + context.config().clientName() + "' is closed");
  }
}
