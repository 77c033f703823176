package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.OnSwitch;
import io.github.jedisfailover.config.SideEffect;
import io.github.jedisfailover.exceptions.CursorLostException;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.CommandNames;
import io.github.jedisfailover.internal.routing.Cursors;
import io.github.jedisfailover.internal.routing.SideEffects;
import java.time.Duration;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * One iteration of Jedis over the data of one node: the first step chooses a node as any read does,
 * the others go to the same server process or fail. Looks like a connection to Jedis and borrows a
 * real one for each step, so an iteration that is dropped half-way holds nothing. Not thread-safe.
 */
final class Iteration extends Connection {
  private final CallContext context;
  private final NodeSearch search;
  private final int turn;
  private final OnSwitch onSwitch;
  private Home home;

  /** Where the iteration runs. */
  private record Home(Lane lane, String process) {}

  Iteration(CallContext context, NodeSearch search, int turn, OnSwitch onSwitch) {
    this.context = context;
    this.search = search;
    this.turn = turn;
    this.onSwitch = onSwitch;
  }

  @Override
  public Object executeCommand(CommandArguments command) {
    if (home != null) {
      try {
        return goOn(command);
      } catch (CursorLostException e) {
        if (onSwitch == OnSwitch.FAIL || Cursors.index(command) == 0) {
          throw e;
        }
        home = null;
      }
    }
    int cursor = Cursors.index(command);
    return begin(cursor == 0 ? command : CommandNames.with(command, cursor, "0"));
  }

  /** No proof of freshness lasts for a whole iteration, so under a bound the master serves it. */
  private Object begin(CommandArguments command) {
    boolean bounded = ReadGuard.isNeededFor(context.routes().policy());
    return search.run(
        command,
        bounded ? CommandIntent.MASTER_ONLY : CommandIntent.ANY_NODE,
        turn,
        context.clock().nanos(),
        lane -> {
          try (Connection connection = lane.pool().borrow()) {
            String process = lane.pool().processOf(connection);
            Object reply = connection.executeCommand(command);
            home = new Home(lane, process);
            return reply;
          }
        });
  }

  /** A broken connection is no lost node: within the deadline the same process may answer. */
  private Object goOn(CommandArguments command) {
    long start = context.clock().nanos();
    Duration pause = context.retry().initialBackoff();
    while (true) {
      try (Connection connection = home.lane().pool().borrow()) {
        if (!home.lane().pool().processOf(connection).equals(home.process())) {
          throw CursorSteps.lost(command, "is from an earlier start of " + address(), null);
        }
        return connection.executeCommand(command);
      } catch (CursorLostException e) {
        throw e;
      } catch (JedisConnectionException e) {
        long spent = context.clock().nanos() - start;
        boolean there = !home.lane().pool().isRetired() && !context.closed().getAsBoolean();
        boolean again = repeatable(command, e) && there;
        if (!again || spent >= context.config().callTimeout().toNanos()) {
          throw CursorSteps.lost(command, "is lost with " + address(), e);
        }
        context.trouble().accept(home.lane().pool().address());
        context.topology().awaitNewerThan(context.topology().current().version(), pause);
        pause = min(pause.multipliedBy(2), context.retry().maxBackoff());
      }
    }
  }

  /** The server itself moves some cursors on: a reply that was lost is not told twice. */
  private static boolean repeatable(CommandArguments command, RuntimeException failure) {
    return Cursors.index(command) > 0
        || SideEffects.of(command) == SideEffect.READ
        || FailureClassifier.classify(failure, command) == Failure.NOT_SENT;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private String address() {
    return home.lane().pool().address().toString();
  }

  /** Owns no socket. */
  @Override
  public void close() {}
}
