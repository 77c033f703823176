package io.github.jedisfailover.internal.settings;

import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.SslVerifyMode;

/** What {@code JedisClientConfig} has and a text can say. */
final class ConnectionSettings {
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

  private ConnectionSettings() {}

  static List<Setting> all() {
    return List.of(
        Setting.secret("user", (d, t) -> d.login.user = t.value()),
        Setting.secret("password", (d, t) -> d.login.password = t.value()),
        Setting.of(
            "database",
            (d, t) ->
                number(d, t.number(0, 1_000_000), DefaultJedisClientConfig.Builder::database)),
        Setting.of("connectionName", ConnectionSettings::connectionName),
        Setting.of("protocol", ConnectionSettings::protocol),
        Setting.of(
            "connectionTimeout",
            (d, t) ->
                number(d, millis(t, 1), DefaultJedisClientConfig.Builder::connectionTimeoutMillis)),
        Setting.of(
            "socketTimeout",
            (d, t) ->
                number(d, millis(t, 1), DefaultJedisClientConfig.Builder::socketTimeoutMillis)),
        Setting.of(
            "blockingSocketTimeout",
            (d, t) ->
                number(
                    d,
                    millis(t, 0),
                    DefaultJedisClientConfig.Builder::blockingSocketTimeoutMillis)),
        Setting.of("addressMap", ConnectionSettings::addressMap),
        Setting.of("tls", (d, t) -> d.login.tls = t.truth()),
        Setting.of(
            "tlsVerify",
            (d, t) -> d.login.verify = t.oneOf(List.of(SslVerifyMode.values()), Enum::name)));
  }

  private static void number(
      Draft draft, int value, ObjIntConsumer<DefaultJedisClientConfig.Builder> setter) {
    change(draft, config -> setter.accept(config, value));
  }

  private static void change(Draft draft, Consumer<DefaultJedisClientConfig.Builder> change) {
    draft.login.changes.add(change);
  }

  private static int millis(Text text, long min) {
    return (int) text.duration(Duration.ofMillis(min), MAX_TIMEOUT).toMillis();
  }

  private static void connectionName(Draft draft, Text text) {
    String name = text.value();
    if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw text.wrong("printable ASCII characters without spaces");
    }
    change(draft, config -> config.clientName(name));
  }

  private static void protocol(Draft draft, Text text) {
    switch (text.oneOf(List.of("auto", "resp2", "resp3"), p -> p)) {
      case "resp2" -> change(draft, DefaultJedisClientConfig.Builder::resp2);
      case "resp3" -> change(draft, DefaultJedisClientConfig.Builder::resp3);
      default -> change(draft, config -> config.protocol(null).autoNegotiateProtocol(true));
    }
  }

  /** {@code announced=dialled} with commas between. */
  private static void addressMap(Draft draft, Text text) {
    Map<HostAndPort, HostAndPort> map = new HashMap<>();
    text.pairs("announced=dialled, each host:port")
        .forEach(
            (announced, dialled) ->
                map.put(
                    hostAndPort(announced), hostAndPort(new Text(text.name(), dialled).address())));
    draft.login.mapper = announced -> map.getOrDefault(announced, announced);
  }

  private static HostAndPort hostAndPort(NodeAddress address) {
    return new HostAndPort(address.host(), address.port());
  }
}
