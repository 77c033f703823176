package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.ReadFrom;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

/** Runs commands by the client's read policy, whichever is in force. Thread-safe. */
final class ClientExecutor implements CommandExecutor {
  private final Views views;
  private final CallContext context;
  private final Runnable onClose;
  private volatile Made made;

  private record Made(ReadFrom policy, RoutingExecutor executor) {}

  /**
   * @param context with the client's own routes
   * @param onClose closes the client, or nothing
   */
  ClientExecutor(Views views, CallContext context, Runnable onClose) {
    this.views = views;
    this.context = context;
    this.onClose = onClose;
    this.made = make(context.routes().policy());
  }

  private Made make(ReadFrom policy) {
    return new Made(policy, views.following(context, policy, onClose));
  }

  @Override
  public <T> T executeCommand(CommandObject<T> command) {
    Made now = made;
    ReadFrom policy = context.routes().policy();
    if (now.policy() != policy) {
      now = make(policy); // two threads at once make the same
      made = now;
    }
    return now.executor().executeCommand(command);
  }

  @Override
  public void close() {
    onClose.run();
  }
}
