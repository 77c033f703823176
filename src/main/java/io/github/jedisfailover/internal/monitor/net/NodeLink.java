package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import java.util.function.Consumer;

/** Two dedicated connections to one Redis node: commands, and the hello channel. */
final class NodeLink implements Link {
  private final CommandLink commands;
  private final HelloListener hellos;

  private NodeLink(CommandLink commands, HelloListener hellos) {
    this.commands = commands;
    this.hellos = hellos;
  }

  /**
   * @param access credentials, TLS settings and names of commands
   */
  static NodeLink open(
      DaemonThreads threads,
      String myId,
      Target.Redis target,
      LinkAccess access,
      LinkTiming timing,
      Consumer<CoreInput> core) {
    String owner = threads.owner();
    CommandLink commands =
        new CommandLink(
            owner,
            target,
            access.socket(target.address(), LinkConfig.clientName(myId, "cmd"), timing),
            new NodeDialogue(owner, target, access, core),
            access,
            core,
            timing.retryMillis());
    // a reader hears of a dead node at once, a command connection only when it next writes
    Runnable probe = () -> commands.offer(new CoreAction.Ping(target));
    HelloListener hellos =
        new HelloListener(
            owner,
            myId,
            access,
            access.socket(target.address(), LinkConfig.clientName(myId, "pubsub"), timing),
            core,
            timing.retryMillis(),
            probe);
    threads.start("link-" + target.address() + "-cmd", commands);
    threads.start("link-" + target.address() + "-sub", hellos);
    return new NodeLink(commands, hellos);
  }

  @Override
  public void offer(CoreAction action) {
    commands.offer(action);
  }

  @Override
  public void cut() {
    commands.cut();
    hellos.cut();
  }

  @Override
  public void close() {
    commands.close();
    hellos.close();
  }
}
