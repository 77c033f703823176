package io.github.jedisfailover.internal.settings;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.config.Preset;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;

/** The settings of one builder that were given by name. Not thread-safe. */
public final class NamedSettings {
  private static final String PRESET = "preset";
  private static final Map<String, Setting> TABLE = table();

  private final FailoverConfig.Builder client;
  private final Draft draft;

  /**
   * @param client filled with what it has
   */
  public NamedSettings(FailoverConfig.Builder client) {
    this.client = client;
    this.draft = new Draft(client);
  }

  private static Map<String, Setting> table() {
    Map<String, Setting> table = new LinkedHashMap<>();
    Stream.of(
            ClientSettings.all(),
            ConnectionSettings.all(),
            PoolSettings.all(),
            MonitorSettings.all())
        .flatMap(List::stream)
        .forEach(s -> table.put(s.name(), s));
    return Map.copyOf(table);
  }

  /** All names. */
  public static Set<String> names() {
    return TABLE.keySet();
  }

  /** The one that is written most alike. */
  public static Optional<String> nearest(String written) {
    return NearestName.to(written, TABLE.keySet());
  }

  /** Whether no message may show its value. */
  public static boolean isSecret(String name) {
    return TABLE.get(name).secret();
  }

  /**
   * Takes them over; a preset first, so that the others count more.
   *
   * @throws IllegalArgumentException if a name is unknown, or naming setting, rule and value
   */
  public void add(Map<String, String> values) {
    values.keySet().forEach(NamedSettings::known);
    if (values.containsKey(PRESET)) {
      TABLE.get(PRESET).apply(draft, values.get(PRESET));
    }
    values.forEach(
        (name, value) -> {
          if (!name.equals(PRESET)) {
            TABLE.get(name).apply(draft, value);
          }
        });
  }

  private static void known(String name) {
    if (!TABLE.containsKey(name)) {
      throw new IllegalArgumentException(
          "unknown setting '"
              + name
              + "', "
              + NearestName.to(name, TABLE.keySet())
                  .map(n -> "did you mean '" + n + "'?")
                  .orElseGet(() -> "known are " + TABLE.keySet().stream().sorted().toList()));
    }
  }

  public void preset(Preset preset) {
    draft.preset(preset);
  }

  /** The client's configuration, with what was set by name on top of it. */
  public FailoverConfig build() {
    FailoverConfig given = client.nodesFound().build(); // whether they may miss is checked later
    GenericObjectPoolConfig<Connection> pool = given.poolConfig().clone();
    draft.pool.forEach(change -> change.accept(pool));
    return given.toBuilder()
        .clientConfig(draft.login.nodes(given.clientConfig()))
        .poolConfig(pool)
        .retry(draft.retry(given.retry()))
        .build();
  }

  /** How to connect to the Sentinels, on top of what the application configured for them. */
  public JedisClientConfig sentinelLogin(JedisClientConfig given) {
    return draft.login.sentinels(given);
  }

  public Optional<MonitorConfig> monitor() {
    return draft.hasMonitor() ? Optional.of(draft.buildMonitor()) : Optional.empty();
  }

  public List<NodeAddress> sentinels() {
    return List.copyOf(draft.sentinels);
  }

  public boolean staticNodes() {
    return draft.staticNodes;
  }
}
