package io.github.jedisfailover.internal.execution;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;

/** One try of a batch on one node: how far it got. */
final class BatchAttempt {
  private int sent;
  private int replies;
  private boolean errors;
  private RuntimeException failure;

  private BatchAttempt() {}

  /** Replies are left with the commands; what fails is kept. */
  static BatchAttempt run(
      Lane lane, Duration maxWait, List<QueuedCommand<?>> commands, ScriptMemory scripts) {
    BatchAttempt attempt = new BatchAttempt();
    try (Connection connection = lane.pool().borrow(maxWait)) {
      try {
        attempt.exchange(connection, commands, scripts.speller());
        lane.answered();
      } catch (RuntimeException e) {
        attempt.failure = e;
        if (connection.isBroken() && !(e.getCause() instanceof SocketTimeoutException)) {
          lane.pool().distrustConnectionsAsOldAs(connection);
        }
      } catch (Error e) {
        connection.setBroken(); // replies may be under way to it
        lane.failed(e);
        throw e;
      }
    } catch (RuntimeException e) {
      attempt.failure = attempt.failure == null ? e : attempt.failure;
    }
    return attempt;
  }

  private void exchange(
      Connection connection, List<QueuedCommand<?>> commands, ScriptMemory.Speller speller) {
    for (QueuedCommand<?> queued : commands) {
      // When it throws, the last bytes of this command have not been written: a node cannot run it.
      connection.sendCommand(speller.spell(queued.command().getArguments()));
      sent++;
    }
    for (QueuedCommand<?> queued : commands) {
      queued.arrived(next(connection));
      replies++;
    }
  }

  /** The first read sends what is left in the buffer. */
  private Object next(Connection connection) {
    try {
      return replies == 0 ? connection.getOne() : connection.getUnflushedObject();
    } catch (JedisDataException e) {
      errors = true;
      return e;
    }
  }

  int sent() {
    return sent;
  }

  int replies() {
    return replies;
  }

  /** Whether some reply is an error. */
  boolean hasErrors() {
    return errors;
  }

  /** What ended it, {@code null} if all replies came. */
  RuntimeException failure() {
    return failure;
  }
}
