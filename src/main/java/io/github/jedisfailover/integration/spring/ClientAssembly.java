package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.stream.Collectors;

/** One client out of defaults, settings and what the application adds. */
final class ClientAssembly {
  private static final String[] WHERE = {
    "nodes", "sentinels", "monitors", "listen", "stateDirectory", "staticNodes", "addressMap"
  };

  private final SpringDataDefaults defaults;
  private final SettingValues values;

  ClientAssembly(SpringDataDefaults defaults, SettingValues values) {
    this.defaults = defaults;
    this.values = values;
  }

  /**
   * Starts it.
   *
   * @param details {@code null} if the settings alone say where the nodes are
   * @throws WrongSettingException if a setting is refused
   */
  RedisFailover start(
      JedisFailoverConnectionDetails details, List<JedisFailoverBuilderCustomizer> customizers) {
    try {
      RedisFailover.Builder builder = RedisFailover.builder();
      builder.clientConfig(defaults.connections()).poolConfig(defaults.pool());
      if (details != null) {
        take(details);
        details.addressMapper().ifPresent(builder::addressMapper);
      }
      builder.settings(values.all());
      customizers.forEach(c -> c.customize(builder));
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new WrongSettingException(e);
    }
  }

  private void take(JedisFailoverConnectionDetails details) {
    values.remove(WHERE);
    values.put("nodes", texts(details.nodes()));
    values.put("sentinels", texts(details.sentinels()));
    values.put("monitors", texts(details.monitors()));
    if (details.sentinels().isEmpty() && details.monitors().isEmpty()) {
      values.put("staticNodes", true);
    }
    details.masterName().ifPresent(n -> values.put("masterName", n));
    details.username().ifPresent(u -> values.put("user", u));
    details.password().ifPresent(p -> values.put("password", p));
  }

  private static List<String> texts(List<NodeAddress> addresses) {
    return addresses.stream().map(NodeAddress::toString).collect(Collectors.toList());
  }
}
