package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.internal.doctor.NodeFacts;
import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/** What a Redis server is asked; nothing that changes it. */
final class NodeQuestions {
  private static final String HELLO = "__sentinel__:hello";
  private static final Set<String> SECRETS = Set.of("requirepass", "masterauth");
  private static final Set<String> SETTINGS =
      Set.of(
          "appendonly",
          "bind",
          "client-output-buffer-limit",
          "masterauth",
          "maxmemory",
          "maxmemory-policy",
          "min-replicas-max-lag",
          "min-replicas-to-write",
          "protected-mode",
          "repl-backlog-size",
          "repl-timeout",
          "replica-read-only",
          "requirepass",
          "save");

  private final Connection connection;
  private final MonotonicClock clock;

  NodeQuestions(Connection connection, MonotonicClock clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /**
   * @param settingsToo what only an administrator may ask
   * @throws redis.clients.jedis.exceptions.JedisException if it does not tell even {@code INFO}
   */
  NodeFacts ask(NodeAddress node, boolean settingsToo) {
    Map<String, String> info = info();
    if (!settingsToo) {
      return new NodeFacts(node, false, "", info, Map.of(), NodeFacts.Access.UNKNOWN);
    }
    Map<String, String> config = config();
    return new NodeFacts(
        node, false, "", info, config, new NodeFacts.Access(open(config), watchers(), time()));
  }

  Map<String, String> info() {
    Map<String, String> fields = new HashMap<>();
    Connections.text(reply(Command.INFO))
        .lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1));
              }
            });
    return fields;
  }

  private Map<String, String> config() {
    Map<String, String> config = new HashMap<>();
    allowed(Command.CONFIG, "GET", "*")
        .filter(List.class::isInstance)
        .ifPresent(
            reply ->
                Replies.pairs(reply)
                    .forEach(
                        (name, value) -> {
                          if (SETTINGS.contains(name)) {
                            boolean hide = SECRETS.contains(name) && !value.isEmpty();
                            config.put(name, hide ? NodeFacts.SECRET : value);
                          }
                        }));
    return config;
  }

  /** Before Redis 6 there was one password for all. */
  private Optional<Boolean> open(Map<String, String> config) {
    Optional<Object> user = allowed(Command.ACL, "GETUSER", "default");
    if (user.isPresent() && user.get() instanceof List<?> fields && fields.size() > 1) {
      List<String> flags = Replies.texts(fields.get(1));
      return Optional.of(flags.contains("on") && flags.contains("nopass"));
    }
    return Optional.ofNullable(config.get("requirepass")).map(String::isEmpty);
  }

  private OptionalLong watchers() {
    return allowed(Command.PUBSUB, "NUMSUB", HELLO)
        .filter(r -> r instanceof List<?> pair && pair.size() == 2)
        .map(r -> OptionalLong.of(Long.parseLong(Replies.texts(r).get(1))))
        .orElse(OptionalLong.empty());
  }

  private Optional<NodeFacts.Time> time() {
    Instant before = clock.wallNow();
    long start = clock.nanos();
    Optional<Object> reply = allowed(Command.TIME);
    long tookMillis = (clock.nanos() - start) / 1_000_000L;
    return reply
        .map(Replies::texts)
        .filter(parts -> parts.size() == 2)
        .map(parts -> Long.parseLong(parts.get(0)) * 1_000 + Long.parseLong(parts.get(1)) / 1_000)
        .map(
            there ->
                new NodeFacts.Time(there - before.toEpochMilli() - tookMillis / 2, tookMillis + 1));
  }

  /** Empty if the user may not, or the server does not know it. */
  private Optional<Object> allowed(ProtocolCommand command, String... arguments) {
    try {
      return Optional.ofNullable(reply(command, arguments));
    } catch (JedisDataException e) {
      return Optional.empty();
    }
  }

  private Object reply(ProtocolCommand command, String... arguments) {
    connection.sendCommand(command, arguments);
    return connection.getOne();
  }
}
