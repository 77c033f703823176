package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.internal.monitor.wire.InfoParser;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/** What is said to a Redis node. */
final class NodeDialogue implements CommandLink.Dialogue {
  private static final Logger log = LoggerFactory.getLogger(NodeDialogue.class);

  private final String owner;
  private final Target.Redis target;
  private final LinkAccess access;
  private final Consumer<CoreInput> core;

  NodeDialogue(String owner, Target.Redis target, LinkAccess access, Consumer<CoreInput> core) {
    this.owner = owner;
    this.target = target;
    this.access = access;
    this.core = core;
  }

  @Override
  public void carryOut(Connection connection, CoreAction action) {
    if (action instanceof CoreAction.AskInfo) {
      readInfo(connection);
    } else if (action instanceof CoreAction.KillScript) {
      Connections.ask(connection, called(Command.SCRIPT), "KILL");
    } else if (action instanceof CoreAction.MakeMaster) {
      changeRole(connection, "NO", "ONE");
    } else if (action instanceof CoreAction.MakeReplicaOf order) {
      NodeAddress master = order.master();
      changeRole(connection, master.host(), Integer.toString(master.port()));
    } else if (action instanceof CoreAction.PauseWrites order) {
      pauseWrites(connection, order.millis());
    } else if (action instanceof CoreAction.ResumeWrites) {
      Connections.ask(connection, called(Command.CLIENT), "UNPAUSE");
    } else if (action instanceof CoreAction.StepDown order) {
      stepDown(connection, order.master());
    } else if (action instanceof CoreAction.DismissClients) {
      Connections.ask(connection, called(Command.CLIENT), "KILL", "TYPE", "normal");
      Connections.ask(connection, called(Command.CLIENT), "KILL", "TYPE", "pubsub");
    }
  }

  private ProtocolCommand called(Command command) {
    return access.command(command, target.master());
  }

  /** Servers before 6.2 know no WRITE and refuse: a pause of all commands would hold up our own. */
  private void pauseWrites(Connection connection, long millis) {
    try {
      Connections.ask(connection, called(Command.CLIENT), "PAUSE", Long.toString(millis), "WRITE");
      core.accept(new CoreInput.WritesPaused(target, ""));
    } catch (JedisDataException e) {
      core.accept(new CoreInput.WritesPaused(target, String.valueOf(e.getMessage())));
    }
    readInfo(connection);
  }

  /**
   * Without the kill of a usual change of role: the writes that wait in the pause are tried again
   * by the server when it ends, and then answered with READONLY, which tells that they were not
   * run. The INFO comes after these answers.
   */
  private void stepDown(Connection connection, NodeAddress master) {
    connection.sendCommand(called(Command.MULTI));
    connection.sendCommand(called(Command.SLAVEOF), master.host(), Integer.toString(master.port()));
    connection.sendCommand(called(Command.CONFIG), "REWRITE");
    connection.sendCommand(called(Command.EXEC));
    List<Object> replies = connection.getMany(4);
    if (log.isDebugEnabled()) {
      log.debug("[{}] {} steps down: {}", owner, target.address(), shown(replies));
    }
    boolean done = replies.get(3) instanceof List<?> each && !(each.get(0) instanceof Exception);
    if (done) { // else the pause goes on: these writes would be taken, and lost
      Connections.ask(connection, called(Command.CLIENT), "UNPAUSE");
    }
    readInfo(connection);
  }

  private void readInfo(Connection connection) {
    String text = Connections.ask(connection, called(Command.INFO));
    core.accept(new CoreInput.InfoRead(target, InfoParser.parse(text)));
  }

  /**
   * The transaction of Sentinel, in one write, under the name that all versions and ACL rules
   * written for Sentinel know: the role changes, is kept over a restart, and all clients are thrown
   * out so that none goes on with the old role. The replies are only logged, the effect is read
   * from INFO, at once: a promotion is noticed within milliseconds instead of at the next period.
   */
  private void changeRole(Connection connection, String host, String port) {
    connection.sendCommand(called(Command.MULTI));
    connection.sendCommand(called(Command.SLAVEOF), host, port);
    connection.sendCommand(called(Command.CONFIG), "REWRITE");
    connection.sendCommand(called(Command.CLIENT), "KILL", "TYPE", "normal");
    connection.sendCommand(called(Command.CLIENT), "KILL", "TYPE", "pubsub");
    connection.sendCommand(called(Command.EXEC));
    List<Object> replies = connection.getMany(6);
    if (log.isDebugEnabled()) {
      log.debug(
          "[{}] SLAVEOF {} {} on {}: {}", owner, host, port, target.address(), shown(replies));
    }
    readInfo(connection);
  }

  private static String shown(Object reply) {
    if (reply instanceof List<?> list) {
      return list.stream().map(NodeDialogue::shown).toList().toString();
    }
    return reply instanceof Exception e ? e.getMessage() : Connections.text(reply);
  }
}
