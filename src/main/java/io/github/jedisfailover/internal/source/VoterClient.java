package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.internal.monitor.net.InstanceFields;
import io.github.jedisfailover.internal.monitor.net.LinkSocket;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      InstanceFields master = new InstanceFields(ask("MASTER"));
      List<VoterAnswer.Replica> replicas = replicas(before.get());
      if (before.equals(currentAddress())) {
        return Optional.of(answer(before.get(), master, replicas));
      }
    }
    return Optional.empty();
  }

  private VoterAnswer answer(
      NodeAddress current, InstanceFields master, List<VoterAnswer.Replica> replicas) {
    boolean sameNode = master.address().map(current::equals).orElse(false);
    return new VoterAnswer(
        voter,
        Long.parseLong(master.get("config-epoch", "0")),
        current,
        // during a failover the flags still speak of the old master
        sameNode && master.hasFlag("s_down"),
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
    for (InstanceFields fields : InstanceFields.all(ask("REPLICAS"))) {
      fields
          .address()
          .filter(a -> !a.equals(current))
          .ifPresent(a -> replicas.add(replica(a, fields)));
    }
    return replicas;
  }

  private static VoterAnswer.Replica replica(NodeAddress address, InstanceFields fields) {
    boolean reachable = !fields.hasFlag("s_down") && !fields.hasFlag("disconnected");
    return new VoterAnswer.Replica(
        address,
        reachable,
        "ok".equals(fields.get("master-link-status", "")),
        fields.address("master-host", "master-port").orElse(null));
  }

  private Object ask(String subcommand) {
    connection.sendCommand(Command.SENTINEL, subcommand, masterName);
    return connection.getOne();
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
