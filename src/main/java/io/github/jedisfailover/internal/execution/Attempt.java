package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.topology.NodeAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Consumer;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;

/** One try of one command on one node. */
final class Attempt {
  private Attempt() {}

  /** With the pool's own limit of waiting; what fails is thrown as it is. */
  static <T> T run(Lane lane, CommandObject<T> command) {
    return use(lane, lane.pool().borrow(), command, null);
  }

  /**
   * @param guard {@code null} if any node will do
   */
  static <T> T run(Lane lane, CommandObject<T> command, Duration maxWait, ReadGuard.Call guard) {
    return use(lane, lane.pool().borrow(maxWait), command, guard);
  }

  private static <T> T use(
      Lane lane, Connection connection, CommandObject<T> command, ReadGuard.Call guard) {
    if (!command.getArguments().isBlocking()) {
      return answer(lane, connection, command, guard);
    }
    lane.pool().held(1);
    try {
      return answer(lane, connection, command, guard);
    } finally {
      lane.pool().held(-1);
    }
  }

  private static <T> T answer(
      Lane lane, Connection connection, CommandObject<T> command, ReadGuard.Call guard) {
    try (connection) {
      T reply =
          guard == null
              ? CursorSteps.execute(lane.pool(), connection, command)
              : guard.run(lane, connection, command);
      lane.answered();
      return reply;
    } catch (TooStaleException e) {
      lane.answered(); // late news are no failure
      throw e;
    } catch (RuntimeException e) {
      if (connection.isBroken() && !isTimeout(e)) {
        lane.pool().distrustConnectionsAsOldAs(connection);
      }
      throw e;
    } catch (Error e) {
      lane.failed(e); // or the breaker would wait for this call for ever
      throw e;
    }
  }

  /** A node that is slow closes nothing: its other connections may be in good order. */
  private static boolean isTimeout(RuntimeException failure) {
    return failure.getCause() instanceof SocketTimeoutException;
  }

  /**
   * Books a failure: breaker, and a hint to look at the node. The failure of a retired pool is old
   * news and says nothing about the node as it is now.
   */
  static void book(
      Lane lane, Failure kind, RuntimeException failure, Consumer<NodeAddress> trouble) {
    if (kind == Failure.FATAL && failure instanceof JedisDataException) {
      lane.answered();
      return;
    }
    lane.failed(failure);
    if (kind != Failure.FATAL && !lane.pool().isRetired()) {
      trouble.accept(lane.pool().address());
    }
  }
}
