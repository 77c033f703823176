package io.github.jedisfailover.internal.settings;

import io.github.jedisfailover.config.ListenerTls;
import io.github.jedisfailover.config.PubSubBuffer;
import io.github.jedisfailover.config.SentinelDeparture;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code MonitorConfig} and {@code ListenerConfig} have. */
final class MonitorSettings {
  private static final int KIB = 1024;
  private static final int MAX_BUFFER = 256 * KIB * KIB;

  private MonitorSettings() {}

  static List<Setting> all() {
    return Stream.of(
            own(),
            StoresDraft.settings("voterTls.", d -> d.voterTls("voterTls")),
            StoresDraft.settings("listener.tls.", d -> d.listenerTls("listener.tls").stores))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Setting> own() {
    return List.of(
        Setting.of("monitors", (d, t) -> d.voters(t.addresses(15))),
        Setting.of("listen", (d, t) -> d.monitor(t.name()).listen(t.address())),
        Setting.of("stateDirectory", (d, t) -> d.monitor(t.name()).stateDirectory(path(t))),
        Setting.of("quorum", (d, t) -> d.monitor(t.name()).quorum(t.number(1, 15))),
        Setting.of("downAfter", (d, t) -> d.monitor(t.name()).downAfter(t.duration())),
        Setting.of("failoverTimeout", (d, t) -> d.monitor(t.name()).failoverTimeout(t.duration())),
        Setting.of("parallelSyncs", (d, t) -> d.monitor(t.name()).parallelSyncs(t.number(1, 100))),
        Setting.of("without", MonitorSettings::without),
        Setting.of(
            "listener.bind", (d, t) -> d.listener(t.name()).bind(t.list().toArray(String[]::new))),
        Setting.secret(
            "listener.requirePass", (d, t) -> d.listener(t.name()).requirePass(t.value())),
        Setting.secret("listener.users", MonitorSettings::users),
        Setting.of("listener.aclFile", (d, t) -> d.listener(t.name()).aclFile(path(t))),
        Setting.of(
            "listener.aclLogMaxLen",
            (d, t) -> d.listener(t.name()).aclLogMaxLen(t.number(0, 10_000))),
        Setting.of(
            "listener.protectedMode", (d, t) -> d.listener(t.name()).protectedMode(t.truth())),
        Setting.of(
            "listener.maxClients", (d, t) -> d.listener(t.name()).maxClients(t.number(1, 10_000))),
        Setting.of("listener.timeout", (d, t) -> d.listener(t.name()).timeout(t.duration())),
        Setting.of(
            "listener.maxRequestBytes",
            (d, t) -> d.listener(t.name()).maxRequestBytes(t.number(KIB, 16 * KIB * KIB))),
        Setting.of(
            "listener.maxArguments",
            (d, t) -> d.listener(t.name()).maxArguments(t.number(10, 100_000))),
        Setting.of("listener.pubSub.hardBytes", MonitorSettings::hardBytes),
        Setting.of("listener.pubSub.softBytes", MonitorSettings::softBytes),
        Setting.of("listener.pubSub.softTime", MonitorSettings::softTime),
        Setting.of(
            "listener.tls.port", (d, t) -> d.listenerTls(t.name()).port = t.number(1, 65_535)),
        Setting.of("listener.tls.clients", MonitorSettings::certificates));
  }

  private static void without(Draft draft, Text text) {
    List<SentinelDeparture> all = List.of(SentinelDeparture.values());
    draft
        .monitor(text.name())
        .without(
            text.list().stream()
                .map(word -> text.oneOf(word, all, Enum::name))
                .toArray(SentinelDeparture[]::new));
  }

  private static void certificates(Draft draft, Text text) {
    draft.listenerTls(text.name()).clients =
        text.oneOf(List.of(ListenerTls.ClientCertificates.values()), Enum::name);
  }

  private static Path path(Text text) {
    try {
      return Path.of(text.value());
    } catch (InvalidPathException e) {
      throw text.wrong("a path");
    }
  }

  /** Rules have spaces and commas: one user a line, or between semicolons. */
  private static void users(Draft draft, Text text) {
    draft.listener(text.name()).users(text.value().strip().split("\\s*[;\\n]\\s*"));
  }

  private static void hardBytes(Draft draft, Text text) {
    int bytes = text.number(KIB, MAX_BUFFER);
    draft.pubSubBuffer(
        text.name(), b -> new PubSubBuffer(bytes, Math.min(bytes, b.softBytes()), b.softTime()));
  }

  private static void softBytes(Draft draft, Text text) {
    int bytes = text.number(KIB, MAX_BUFFER);
    draft.pubSubBuffer(text.name(), b -> new PubSubBuffer(b.hardBytes(), bytes, b.softTime()));
  }

  private static void softTime(Draft draft, Text text) {
    draft.pubSubBuffer(
        text.name(), b -> new PubSubBuffer(b.hardBytes(), b.softBytes(), text.duration()));
  }
}
