package io.github.jedisfailover.internal.settings;

import io.github.jedisfailover.config.Preset;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.config.SideEffect;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code FailoverConfig} has, and where the master is learnt from. */
final class ClientSettings {
  private static final Duration MIN_BACKOFF = Duration.ofMillis(1);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

  private ClientSettings() {}

  static List<Setting> all() {
    return List.of(
        Setting.of("preset", (d, t) -> d.preset(t.oneOf(List.of(Preset.values()), Enum::name))),
        Setting.of("nodes", (d, t) -> d.client.nodes(t.addresses(100))),
        Setting.of("masterName", (d, t) -> d.client.masterName(t.value())),
        Setting.of("clientName", (d, t) -> d.client.clientName(t.value())),
        Setting.of("readFrom", (d, t) -> d.client.readFrom(readFrom(t))),
        Setting.of("zone", ClientSettings::zone),
        Setting.of("zones", ClientSettings::zones),
        Setting.of("subscribeByReadFrom", (d, t) -> d.client.subscribeByReadFrom(t.truth())),
        Setting.of("callTimeout", (d, t) -> d.client.callTimeout(t.duration())),
        Setting.of("startTimeout", (d, t) -> d.client.startTimeout(t.duration())),
        Setting.of("warmConnections", (d, t) -> d.client.warmConnections(t.number(0, 1_000))),
        Setting.of("warmTimeout", (d, t) -> d.client.warmTimeout(t.duration())),
        Setting.of("retry.maxAttempts", ClientSettings::maxAttempts),
        Setting.of("retry.initialBackoff", ClientSettings::initialBackoff),
        Setting.of("retry.maxBackoff", ClientSettings::maxBackoff),
        Setting.of("retry.repeats", ClientSettings::repeats),
        Setting.of("staticNodes", (d, t) -> d.staticNodes = t.truth()),
        Setting.of("sentinels", ClientSettings::sentinels),
        Setting.secret("sentinelUser", (d, t) -> d.login.sentinelUser = t.value()),
        Setting.secret("sentinelPassword", (d, t) -> d.login.sentinelPassword = t.value()),
        Setting.of("sentinelTls", (d, t) -> d.login.sentinelTls = t.truth()));
  }

  private static ReadFrom readFrom(Text text) {
    return ReadFrom.parse(text.value());
  }

  private static void zone(Draft draft, Text text) {
    draft.zone = zoneName(text, text.value().trim());
  }

  private static void zones(Draft draft, Text text) {
    Map<NodeAddress, String> zones = new HashMap<>();
    text.pairs("node=zone, each node host:port")
        .forEach((node, zone) -> zones.put(node, zoneName(text, zone)));
    draft.zones = Map.copyOf(zones);
  }

  private static String zoneName(Text text, String zone) {
    if (zone.isEmpty() || zone.contains(",") || zone.contains("=")) {
      throw text.wrong("without commas, equals signs and empty names");
    }
    return zone;
  }

  private static void sentinels(Draft draft, Text text) {
    draft.sentinels.clear();
    draft.sentinels.addAll(List.of(text.addresses(15)));
  }

  private static void maxAttempts(Draft draft, Text text) {
    int attempts = text.number(1, 10_000);
    draft.retry.add(r -> r.withMaxAttempts(attempts));
  }

  private static void initialBackoff(Draft draft, Text text) {
    draft.initialBackoff = text.duration(MIN_BACKOFF, MAX_BACKOFF);
  }

  private static void maxBackoff(Draft draft, Text text) {
    draft.maxBackoff = text.duration(MIN_BACKOFF, MAX_BACKOFF);
  }

  private static void repeats(Draft draft, Text text) {
    List<SideEffect> kinds = List.of(SideEffect.values());
    Set<SideEffect> repeats =
        text.list().stream()
            .map(word -> text.oneOf(word, kinds, Enum::name))
            .collect(Collectors.toSet());
    RetryPolicy.DEFAULT.repeating(repeats.toArray(SideEffect[]::new)); // checks the kinds
    draft.retry.add(r -> r.repeating(repeats.toArray(SideEffect[]::new)));
  }
}
