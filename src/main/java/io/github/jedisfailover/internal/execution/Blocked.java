package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.routing.BlockingWait;
import java.util.Optional;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What is particular to a command that lets the server wait. The time it waits there does not count
 * as time of the call, and when it is cut loose it waits on for what is left. Not thread-safe: one
 * per call.
 *
 * @param <T> the reply
 */
final class Blocked<T> {
  private final CommandObject<T> command;
  private final BlockingWait wait;
  private final long start;
  private boolean cutLoose;

  private Blocked(CommandObject<T> command, BlockingWait wait, long start) {
    this.command = command;
    this.wait = wait;
    this.start = start;
  }

  /**
   * @param start when the call began, in nanoseconds
   */
  static <T> Optional<Blocked<T>> of(CommandObject<T> command, long start) {
    return BlockingWait.of(command.getArguments()).map(w -> new Blocked<>(command, w, start));
  }

  /**
   * WAIT and WAITAOF, which Jedis reads with the time-out of a command that does not wait, as one
   * that does. Any other command as it is.
   */
  static <T> CommandObject<T> patient(CommandObject<T> command) {
    CommandArguments arguments = command.getArguments();
    boolean waits =
        arguments.getCommand() == Protocol.Command.WAIT
            || arguments.getCommand() == Protocol.Command.WAITAOF;
    if (!waits || arguments.isBlocking()) {
      return command;
    }
    arguments.blocking();
    return command;
  }

  /**
   * Whether the failure ended a wait at a server, and not the search for one.
   *
   * @param failure of an attempt
   */
  boolean hasWaited(Failure kind, RuntimeException failure) {
    boolean waited =
        kind == Failure.UNKNOWN
            || failure instanceof JedisDataException && isUnblocked(failure.getMessage());
    cutLoose |= waited;
    return waited;
  }

  private static boolean isUnblocked(String message) {
    return message != null && message.startsWith("UNBLOCKED");
  }

  /** Whether it has waited for as long as was asked, here and there. */
  boolean isOver(long nowNanos) {
    return endsWithNil() && wait.left(nowNanos - start) <= 0;
  }

  /** How long the search for a server may last at most; a wait that never began may take longer. */
  long searchNanos(long nowNanos) {
    return endsWithNil() ? wait.left(nowNanos - start) : Long.MAX_VALUE;
  }

  private boolean endsWithNil() {
    return cutLoose && !wait.forEver() && wait.endsWithNil();
  }

  /** What the server says when the time is over. */
  T nothing() {
    return command.getBuilder().build(null);
  }

  /** The command with the time that is left. */
  CommandObject<T> rest(long nowNanos) {
    if (!cutLoose || wait.forEver()) {
      return command;
    }
    long left = wait.left(nowNanos - start);
    return new CommandObject<>(wait.within(command.getArguments(), left), command.getBuilder());
  }
}
