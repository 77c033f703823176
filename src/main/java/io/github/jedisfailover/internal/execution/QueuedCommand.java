package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.routing.CommandIntent;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Response;

/**
 * A command of a pipeline and its outcome to be. Not thread-safe, as Jedis' own responses.
 *
 * @param <T> the reply
 */
public final class QueuedCommand<T> extends Response<T> {
  private final CommandIntent intent;
  private CommandObject<T> command;
  private Object reply;
  private RuntimeException failure;

  QueuedCommand(CommandObject<T> command, CommandIntent intent) {
    super(command.getBuilder());
    this.command = command;
    this.intent = intent;
  }

  /** Whether any node may answer it. */
  public boolean reads() {
    return intent == CommandIntent.ANY_NODE;
  }

  CommandObject<T> command() {
    return command;
  }

  /** What arrived, or {@code null}; not yet the outcome: it may be asked again. */
  Object reply() {
    return reply;
  }

  void arrived(Object newest) {
    reply = newest;
  }

  /** The newest reply is the outcome. */
  void settle() {
    set(reply);
    forget();
  }

  void fail(RuntimeException outcome) {
    failure = outcome;
    set(null);
    forget();
  }

  /** The arguments may be large, and the caller may keep this for long. */
  private void forget() {
    command = null;
    reply = null;
  }

  @Override
  public T get() {
    if (failure != null) {
      throw failure;
    }
    return super.get();
  }
}
