package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.ReplicaUnavailableException;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.RouteTable;
import java.time.Duration;
import java.util.function.Function;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Finds the node on which something begins that then stays there: what does not go through the
 * executor. Tries the candidates in order and waits for news of the topology, at most the deadline
 * of a call. Thread-safe.
 */
final class NodeSearch {
  private final CallContext context;
  private final CallRetry retry;

  NodeSearch(CallContext context) {
    this.context = context;
    this.retry = new CallRetry(context);
  }

  /**
   * @param command what the step sends, and may send twice
   * @param turn moves the start among nodes that take turns
   * @param start when the call began
   */
  <R> R run(
      CommandArguments command,
      CommandIntent intent,
      int turn,
      long start,
      Function<Lane, R> step) {
    try (Parking.Visit parked = context.watch().parking().visit("(borrow)", start)) {
      return search(command, intent, turn, start, step, parked);
    }
  }

  private <R> R search(
      CommandArguments command,
      CommandIntent intent,
      int turn,
      long start,
      Function<Lane, R> step,
      Parking.Visit parked) {
    CallRetry.Attempts attempts = retry.newCall();
    RuntimeException last = null;
    while (true) {
      RouteTable<Lane> table = context.routes().table();
      long backoffMillis = Long.MAX_VALUE;
      for (int i = 0; i < table.candidates(intent); i++) {
        refuseIfClosed();
        Lane lane = table.candidate(intent, turn, i);
        try {
          return step.apply(lane);
        } catch (RuntimeException e) {
          Failure kind = FailureClassifier.classify(e, command);
          Attempt.book(lane, kind, e, context.trouble());
          if (kind == Failure.FATAL) {
            throw e;
          }
          last = e;
          backoffMillis = attempts.failed(e);
        }
      }
      refuseIfClosed();
      long spent = (context.clock().nanos() - start) / 1_000_000;
      long left = context.config().callTimeout().toMillis() - spent;
      if (left <= 0 || backoffMillis < 0) {
        throw givenUp(intent, spent, attempts.made(), last);
      }
      parked.waits();
      context
          .topology()
          .awaitNewerThan(table.version(), Duration.ofMillis(Math.min(left, backoffMillis)));
    }
  }

  private void refuseIfClosed() {
    if (context.closed().getAsBoolean()) {
      throw RoutingExecutor.closedClient(context);
    }
  }

  private JedisException givenUp(
      CommandIntent intent, long spentMillis, int attempts, RuntimeException last) {
    String group = "Master group '" + context.config().masterName() + "': no connection to a ";
    String within = " within " + spentMillis + " ms (" + attempts + " attempts)";
    return context.watch().refused("borrow", unavailable(intent, group, within, last));
  }

  private JedisException unavailable(
      CommandIntent intent, String group, String within, RuntimeException last) {
    return intent == CommandIntent.MASTER_ONLY
        ? new MasterUnavailableException(group + "master" + within, last)
        : new ReplicaUnavailableException(
            group + "node for reads, policy " + context.routes().policy() + "," + within, last);
  }
}
