package io.github.jedisfailover.internal.execution;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

/** The client's own executor, by the read policy that is in force. Thread-safe. */
public final class ClientExecutor implements CommandExecutor {
  private final ReadViews views;
  private final Runnable onClose;
  private volatile RoutingExecutor current;

  /**
   * @param onClose closes the client
   */
  public ClientExecutor(ReadViews views, Runnable onClose) {
    this.views = views;
    this.onClose = onClose;
    renew();
  }

  /** After the policy has changed: for calls that begin from now on. */
  public void renew() {
    current = views.ofClient(onClose);
  }

  @Override
  public <T> T executeCommand(CommandObject<T> command) {
    return current.executeCommand(command);
  }

  @Override
  public void close() {
    onClose.run();
  }
}
