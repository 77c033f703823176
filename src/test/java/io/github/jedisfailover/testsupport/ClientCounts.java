package io.github.jedisfailover.testsupport;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.SafeEncoder;

/** Who is connected to a node or a voter, by the names that connections give themselves. */
public final class ClientCounts {
  public static final String MONITORS = "monitors";
  private static final Pattern NAME = Pattern.compile(" name=(\\S*)");

  private ClientCounts() {}

  /**
   * Name -> number; all links of monitors under {@link #MONITORS}, those without a name, the
   * replicas and this question under {@code unnamed}.
   */
  public static Map<String, Integer> of(NodeAddress server) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String line : text(server, Command.CLIENT, "LIST").split("\n")) {
      Matcher name = NAME.matcher(line);
      if (name.find()) {
        counts.merge(kind(name.group(1)), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static String kind(String name) {
    return name.isEmpty() ? "unnamed" : name.startsWith("sentinel-") ? MONITORS : name;
  }

  /** A number of INFO; 0 if there is none of this name. */
  public static long info(NodeAddress server, String field) {
    Matcher value = Pattern.compile(field + ":(\\d+)").matcher(text(server, Command.INFO));
    return value.find() ? Long.parseLong(value.group(1)) : 0;
  }

  private static String text(NodeAddress server, Command command, String... arguments) {
    DefaultJedisClientConfig plain =
        DefaultJedisClientConfig.builder()
            .autoNegotiateProtocol(false)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .build();
    try (Connection connection =
        new Connection(new HostAndPort(server.host(), server.port()), plain)) {
      connection.sendCommand(command, arguments);
      return SafeEncoder.encodeObject(connection.getOne()).toString();
    }
  }
}
