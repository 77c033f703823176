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
    }
  }

  private ProtocolCommand called(Command command) {
    return access.command(command, target.master());
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
