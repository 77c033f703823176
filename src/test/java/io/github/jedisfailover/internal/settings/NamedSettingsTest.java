package io.github.jedisfailover.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.PubSubBuffer;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;

class NamedSettingsTest {
  private static NamedSettings settings(FailoverConfig.Builder client, Map<String, ?> values) {
    NamedSettings named = new NamedSettings(client);
    named.add(SettingMap.flat(values));
    return named;
  }

  private static JedisClientConfig connections(JedisClientConfig given, Map<String, ?> values) {
    return settings(FailoverConfig.builder().clientConfig(given), values).build().clientConfig();
  }

  @Test
  void theOrderOfAMapDoesNotMatter() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("monitors", "h:1");
    values.put("listener.pubSub.softBytes", 2_000_000);
    values.put("listener.pubSub.hardBytes", 4_000_000);
    values.put("downAfter", "3s");
    values.put("preset", "fastFailover");
    var monitor = settings(FailoverConfig.builder(), values).monitor().orElseThrow();
    assertThat(monitor.listener().pubSubBuffer())
        .isEqualTo(new PubSubBuffer(4_000_000, 2_000_000, Duration.ofMinutes(1)));
    assertThat(monitor.downAfter()).hasSeconds(3);
    assertThat(monitor.failoverTimeout()).hasSeconds(10);
  }

  @Test
  void aZoneIsAPreferenceOnTopOfThePolicy() {
    NodeAddress near = new NodeAddress("h1", 1);
    NodeAddress far = new NodeAddress("h2", 1);
    Map<NodeAddress, String> zones = Map.of(near, "a", far, "b");
    Map<String, Object> values =
        Map.of("readFrom", "replica", "zone", "a", "zones", Map.of("h1:1", "a", "h2:1", "b"));
    assertThat(settings(FailoverConfig.builder(), values).build().readFrom())
        .isEqualTo(ReadFrom.REPLICA.inZone("a", zones));
  }

  @Test
  void aListOfUsersKeepsTheCommasInside() {
    List<String> users = List.of("a on >x +sentinel|masters &a,b", "b on nopass +@all");
    Map<String, Object> values = Map.of("monitors", "h:1", "listener", Map.of("users", users));
    assertThat(settings(FailoverConfig.builder(), values).monitor().orElseThrow().listener())
        .satisfies(l -> assertThat(l.users()).isEqualTo(users));
  }

  @Test
  void whatTheApplicationConfiguredStaysUnlessItIsNamed() {
    SslOptions own = SslOptions.builder().build();
    JedisClientConfig given =
        DefaultJedisClientConfig.builder().user("app").password("old").sslOptions(own).build();
    JedisClientConfig config = connections(given, Map.of("password", "new", "tls", true));
    assertThat(config.getCredentialsProvider().get().getUser()).isEqualTo("app");
    assertThat(config.getCredentialsProvider().get().getPassword()).containsExactly('n', 'e', 'w');
    assertThat(config.getSslOptions()).isSameAs(own);
    assertThat(connections(given, Map.of("tls", false)).getSslOptions()).isNull();
  }
}
