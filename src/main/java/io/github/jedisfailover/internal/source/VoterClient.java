package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.internal.monitor.net.LinkSocket;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Asks one voter about one group over a connection that is kept. Used by one thread. */
final class VoterClient {
  private static final int TIMEOUT_MILLIS = 1_000;
  private static final int ATTEMPTS = 3;

  private final NodeAddress voter;
  private final String masterName;
  private final LinkSocket socket;
  private Connection connection;

  VoterClient(NodeAddress voter, String masterName) {
    this.voter = voter;
    this.masterName = masterName;
    this.socket = new LinkSocket(voter, config("observer", TIMEOUT_MILLIS));
  }

  /** Plain RESP2, as Sentinel clients have always spoken. */
  static JedisClientConfig config(String name, int socketMillis) {
    return DefaultJedisClientConfig.builder()
        .connectionTimeoutMillis(TIMEOUT_MILLIS)
        .socketTimeoutMillis(socketMillis)
        .clientName(name)
        .autoNegotiateProtocol(false)
        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
        .build();
  }

  /**
   * The voter's answer; empty if it does not know the group (yet).
   *
   * @throws JedisException if it cannot be reached
   */
  Optional<VoterAnswer> ask() {
    try {
      if (connection == null) {
        connection = socket.connect();
      }
      return consistentAnswer();
    } catch (JedisDataException e) {
      return Optional.empty(); // an error reply: no such master
    } catch (JedisException e) {
      disconnect();
      throw e;
    }
  }

  /** Address and epoch are two questions: a switch between them must not mix old and new. */
  private Optional<VoterAnswer> consistentAnswer() {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<NodeAddress> before = currentAddress();
      if (before.isEmpty()) {
        return Optional.empty();
      }
      Map<String, String> master = map(ask("MASTER"));
      List<VoterAnswer.Replica> replicas = replicas(before.get());
      if (before.equals(currentAddress())) {
        return Optional.of(answer(before.get(), master, replicas));
      }
    }
    return Optional.empty();
  }

  private VoterAnswer answer(
      NodeAddress current, Map<String, String> master, List<VoterAnswer.Replica> replicas) {
    boolean sameNode = address(master).map(current::equals).orElse(false);
    return new VoterAnswer(
        voter,
        Long.parseLong(master.getOrDefault("config-epoch", "0")),
        current,
        // during a failover the flags still speak of the old master
        sameNode && has(master, "s_down"),
        replicas);
  }

  private Optional<NodeAddress> currentAddress() {
    if (ask("GET-MASTER-ADDR-BY-NAME") instanceof List<?> pair && pair.size() == 2) {
      return Optional.of(
          new NodeAddress(
              Connections.text(pair.get(0)), Integer.parseInt(Connections.text(pair.get(1)))));
    }
    return Optional.empty();
  }

  private List<VoterAnswer.Replica> replicas(NodeAddress current) {
    List<VoterAnswer.Replica> replicas = new ArrayList<>();
    if (ask("REPLICAS") instanceof List<?> list) {
      for (Object item : list) {
        Map<String, String> fields = map(item);
        address(fields)
            .filter(a -> !a.equals(current))
            .ifPresent(a -> replicas.add(replica(a, fields)));
      }
    }
    return replicas;
  }

  private static VoterAnswer.Replica replica(NodeAddress address, Map<String, String> fields) {
    boolean reachable = !has(fields, "s_down") && !has(fields, "disconnected");
    return new VoterAnswer.Replica(
        address,
        reachable,
        "ok".equals(fields.get("master-link-status")),
        address(fields.get("master-host"), fields.get("master-port")).orElse(null));
  }

  private Object ask(String subcommand) {
    connection.sendCommand(Command.SENTINEL, subcommand, masterName);
    return connection.getOne();
  }

  private static boolean has(Map<String, String> fields, String flag) {
    return Set.copyOf(Arrays.asList(fields.getOrDefault("flags", "").split(","))).contains(flag);
  }

  private static Optional<NodeAddress> address(Map<String, String> fields) {
    return address(fields.get("ip"), fields.get("port"));
  }

  private static Optional<NodeAddress> address(String host, String port) {
    try {
      return host == null || port == null
          ? Optional.empty()
          : Optional.of(new NodeAddress(host, Integer.parseInt(port)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // "?" and 0: not known yet
    }
  }

  private static Map<String, String> map(Object reply) {
    Map<String, String> fields = new HashMap<>();
    if (reply instanceof List<?> flat) {
      for (int i = 0; i + 1 < flat.size(); i += 2) {
        fields.put(Connections.text(flat.get(i)), Connections.text(flat.get(i + 1)));
      }
    }
    return fields;
  }

  private void disconnect() {
    Connection broken = connection;
    connection = null;
    if (broken != null) {
      Connections.close(broken);
    }
  }

  /** From any thread: wakes and ends a question under way. */
  void close() {
    socket.cut();
  }
}
