package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.internal.doctor.MonitorFacts;
import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.topology.NodeAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/** What a monitor or a Redis Sentinel is asked; nothing that changes it. */
final class MonitorQuestions {
  private static final String NO_SUCH_MASTER = "ERR No such master";

  private final Connection connection;
  private final String group;

  MonitorQuestions(Connection connection, String group) {
    this.connection = connection;
    this.group = group;
  }

  /**
   * @throws redis.clients.jedis.exceptions.JedisException if it does not answer, or not us
   */
  MonitorFacts ask(NodeAddress monitor) {
    String host = host(monitor);
    String id = sentinel("MYID").map(Connections::text).orElse("");
    Map<String, String> master;
    try {
      master = Replies.pairs(reply(Command.SENTINEL, "MASTER", group));
    } catch (JedisDataException e) {
      if (!String.valueOf(e.getMessage()).startsWith(NO_SUCH_MASTER)) {
        throw e;
      }
      return new MonitorFacts(monitor, host, "", id, Map.of(), List.of(), List.of(), "", false);
    }
    return new MonitorFacts(
        monitor,
        host,
        "",
        id,
        master,
        sentinel("REPLICAS", group).map(Replies::instances).orElse(List.of()),
        sentinel("SENTINELS", group).map(Replies::instances).orElse(List.of()),
        quorumCheck(),
        tilt());
  }

  /** The IP address, so that two names of one host are seen to be that. */
  static String host(NodeAddress monitor) {
    try {
      return InetAddress.getByName(monitor.host()).getHostAddress();
    } catch (UnknownHostException e) {
      return monitor.host();
    }
  }

  private String quorumCheck() {
    try {
      return Connections.text(reply(Command.SENTINEL, "CKQUORUM", group));
    } catch (JedisDataException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private boolean tilt() {
    try {
      return Connections.text(reply(Command.INFO, "sentinel")).contains("sentinel_tilt:1");
    } catch (JedisDataException e) {
      return false; // it may be asked less than all, and that is no TILT
    }
  }

  private Optional<Object> sentinel(String... words) {
    try {
      return Optional.ofNullable(reply(Command.SENTINEL, words));
    } catch (JedisDataException e) {
      return Optional.empty();
    }
  }

  private Object reply(ProtocolCommand command, String... arguments) {
    connection.sendCommand(command, arguments);
    return connection.getOne();
  }
}
