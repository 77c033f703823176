package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** The connection to another voter; one serves all master groups. */
final class PeerLink implements CommandLink.Dialogue {
  private static final Logger log = LoggerFactory.getLogger(PeerLink.class);

  private final String owner;
  private final Target.Peer target;
  private final LinkAccess access;
  private final Consumer<CoreInput> core;

  private PeerLink(String owner, Target.Peer target, LinkAccess access, Consumer<CoreInput> core) {
    this.owner = owner;
    this.target = target;
    this.access = access;
    this.core = core;
  }

  static Link open(
      DaemonThreads threads,
      String myId,
      Target.Peer target,
      LinkAccess access,
      LinkTiming timing,
      Consumer<CoreInput> core) {
    String name = LinkConfig.clientName(myId, "cmd");
    String owner = threads.owner();
    CommandLink link =
        new CommandLink(
            owner,
            target,
            access.socket(target.address(), name, timing),
            new PeerLink(owner, target, access, core),
            access,
            core,
            timing.retryMillis());
    threads.start("link-" + target.address() + "-peer", link);
    return link;
  }

  @Override
  public void carryOut(Connection connection, CoreAction action) {
    if (action instanceof CoreAction.AskPeer ask) {
      askPeer(connection, ask);
    } else if (action instanceof CoreAction.AskMembers ask) {
      askMembers(connection, ask.masterName());
    }
  }

  /** Anything but integer, string, integer is ignored, as Sentinel does. */
  private void askPeer(Connection connection, CoreAction.AskPeer ask) {
    connection.sendCommand(
        access.command(Command.SENTINEL, ask.masterName()),
        "is-master-down-by-addr",
        ask.master().host(),
        Integer.toString(ask.master().port()),
        Long.toString(ask.epoch()),
        ask.candidate());
    boolean expected = connection.getOne() instanceof List<?> reply && fed(ask.masterName(), reply);
    if (!expected) {
      log.debug("[{}] unreadable answer of voter {}", owner, target.address());
    }
  }

  /** A voter that does not know the group says so by an error: it knows no members. */
  private void askMembers(Connection connection, String masterName) {
    List<NodeAddress> members = List.of();
    try {
      connection.sendCommand(access.command(Command.SENTINEL, masterName), "REPLICAS", masterName);
      members =
          InstanceFields.all(connection.getOne()).stream()
              .flatMap(instance -> instance.address().stream())
              .toList();
    } catch (JedisDataException e) {
      log.debug("[{}] voter {} on {}: {}", owner, target.address(), masterName, e.getMessage());
    }
    core.accept(new CoreInput.MembersTold(target, masterName, members));
  }

  private boolean fed(String masterName, List<?> reply) {
    boolean wellFormed =
        reply.size() == 3
            && reply.get(0) instanceof Long
            && reply.get(1) instanceof byte[]
            && reply.get(2) instanceof Long;
    if (wellFormed) {
      core.accept(
          new CoreInput.PeerAnswered(
              target,
              masterName,
              (Long) reply.get(0) == 1,
              Connections.text(reply.get(1)),
              (Long) reply.get(2)));
    }
    return wellFormed;
  }
}
