package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.exceptions.NotAppliedException;
import io.github.jedisfailover.internal.routing.CommandClassifier;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.CommandObjects;

/** Opens transactions, and repeats those that were given as a function. Thread-safe. */
public final class Transactions {
  private final CommandClassifier classifier;
  private final CallContext context;
  private final ScriptMemory scripts;
  private final RoutedConnections connections;
  private final CallRetry retry;

  public Transactions(CallContext context, ScriptMemory scripts, RoutedConnections connections) {
    this(new CommandClassifier(), context, scripts, connections, new CallRetry(context));
  }

  private Transactions(
      CommandClassifier classifier,
      CallContext context,
      ScriptMemory scripts,
      RoutedConnections connections,
      CallRetry retry) {
    this.classifier = classifier;
    this.context = context;
    this.scripts = scripts;
    this.connections = connections;
    this.retry = retry;
  }

  /** Shares everything but how a function is repeated. */
  Transactions view(CallContext own, RoutedConnections theirs) {
    return new Transactions(classifier, own, scripts, theirs, retry.of(own));
  }

  /** On a connection of the current master. */
  public AbstractTransaction open(CommandObjects commands, boolean multi) {
    PinnedTransaction opened = on(connections.lend(context.clock().nanos()), commands);
    if (multi) {
      opened.multi();
    }
    return opened;
  }

  private PinnedTransaction on(RoutedConnections.Lent lent, CommandObjects commands) {
    return new PinnedTransaction(context, classifier, scripts, commands, lent);
  }

  /**
   * Runs the body until its transaction is executed, or attempts or time run out.
   *
   * @param watched keys to watch; if there are none MULTI comes before the body
   */
  public <T> T repeat(
      CommandObjects commands,
      Function<? super AbstractTransaction, ? extends Supplier<T>> body,
      String... watched) {
    long start = context.clock().nanos();
    CallRetry.Attempts attempts = retry.newCall();
    while (true) {
      TopologySnapshot.Version seen = context.routes().table().version();
      NotAppliedException failure;
      try (PinnedTransaction transaction = on(connections.lend(start), commands)) {
        try {
          begin(transaction, watched);
          Supplier<T> result = body.apply(transaction);
          if (!transaction.inMulti() || transaction.exec() != null) {
            return result == null ? null : result.get();
          }
          failure = new NotAppliedException("a watched key was changed by somebody else", null);
        } catch (NotAppliedException e) {
          failure = e;
        }
        if (transaction.wroteOutside()) {
          throw failure;
        }
      }
      pauseOrGiveUp(seen, attempts, start, failure);
    }
  }

  private static void begin(PinnedTransaction transaction, String... watched) {
    if (watched.length > 0) {
      transaction.watch(watched);
    } else {
      transaction.multi();
    }
  }

  private void pauseOrGiveUp(
      TopologySnapshot.Version seen,
      CallRetry.Attempts attempts,
      long start,
      NotAppliedException failure) {
    long backoffMillis = attempts.failed(failure);
    long spent = (context.clock().nanos() - start) / 1_000_000;
    long left = context.config().callTimeout().toMillis() - spent;
    if (left <= 0 || backoffMillis < 0 || context.closed().getAsBoolean()) {
      String text =
          "Transaction not applied within %d ms (%d attempts): %s"
              .formatted(spent, attempts.made(), failure.getMessage());
      NotAppliedException last = new NotAppliedException(text, failure);
      throw context.watch().refused(CallWatch.TRANSACTION, last);
    }
    context.watch().retried(CallWatch.TRANSACTION, CallWatch.TRANSACTION);
    context.topology().awaitNewerThan(seen, Duration.ofMillis(Math.min(left, backoffMillis)));
  }
}
