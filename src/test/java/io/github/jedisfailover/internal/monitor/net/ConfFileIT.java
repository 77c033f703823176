package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.internal.monitor.conf.ConfAddress;
import io.github.jedisfailover.internal.monitor.conf.ConfException;
import io.github.jedisfailover.internal.monitor.conf.ConfReader;
import io.github.jedisfailover.internal.monitor.conf.ConfRewriter;
import io.github.jedisfailover.internal.monitor.conf.GlobalSettings;
import io.github.jedisfailover.internal.monitor.conf.MasterConf;
import io.github.jedisfailover.internal.monitor.conf.SentinelConf;
import io.github.jedisfailover.internal.monitor.conf.WrongFiles;
import io.github.jedisfailover.testsupport.RealSentinel;
import io.github.jedisfailover.testsupport.RedisGroup;
import io.github.jedisfailover.testsupport.RedisServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One config file, in turns in the hands of the installed {@code redis-sentinel} and in ours. */
class ConfFileIT {
  private static final String LOCAL = RedisServers.LOOPBACK;

  private RedisServers servers;
  private Path directory;
  private Path file;
  private int port;

  @BeforeAll
  static void needsTheRealOne() {
    assumeTrue(
        RealSentinel.version().filter(v -> v.startsWith("7.0.")).isPresent(),
        "skipped: no redis-sentinel 7.0 on the PATH, found " + RealSentinel.version());
  }

  @BeforeEach
  void open() {
    servers = RedisServers.open();
    directory = servers.scratch("sentinel");
    file = directory.resolve("sentinel.conf");
    port = servers.ports().any(LOCAL);
  }

  @AfterEach
  void close() {
    servers.close();
  }

  private String text() throws IOException {
    return new ConfFile(file).read();
  }

  private SentinelConf read(String text) throws IOException, ConfException {
    return ConfReader.read(text, "", new ConfSurroundings(directory));
  }

  /**
   * The file is read, and what was read writes the same file. As with the real one, a file that
   * does not end in an empty line gets one in the next rewrite, and keeps it.
   */
  private SentinelConf isOurs() throws IOException, ConfException {
    String text = text();
    SentinelConf conf = read(text);
    String again = ConfRewriter.rewrite(text, conf);
    assertThat(again).isEqualTo(text.endsWith("\n\n") ? text : text + "\n");
    assertThat(ConfRewriter.rewrite(again, conf)).isEqualTo(again);
    return conf;
  }

  @ParameterizedTest
  @EnumSource(HandWritten.class)
  void theFirstRewriteOfAHandWrittenFileIsTheSame(HandWritten hand) throws Exception {
    String old = hand.with(port, servers.ports().any(LOCAL));
    Files.writeString(file, old, StandardCharsets.ISO_8859_1);
    try (RealSentinel real = RealSentinel.start(file, port)) {
      if (text().equals(old)) {
        // With an id in the file nothing is written at the start.
        assertThat(real.command("SENTINEL", "FLUSHCONFIG")).isEqualTo("OK");
      }
      real.stop();
    }
    SentinelConf written = isOurs();
    if (hand == HandWritten.REWRITTEN_BEFORE) {
      // Nothing plain is appended here, and a signature stands in the middle.
      assertThat(ConfRewriter.rewrite(old, written)).isEqualTo(text());
    }
    assertThat(Alike.sorted(ConfRewriter.rewrite(old, written))).isEqualTo(Alike.sorted(text()));

    SentinelConf before = read(old);
    assertThat(Alike.settled(written.masters())).isEqualTo(Alike.settled(before.masters()));
    assertThat(written.process().values()).isEqualTo(before.process().values());
    assertThat(written.global())
        .isEqualTo(
            before
                .global()
                .with(written.global().myId().orElseThrow(), before.global().currentEpoch()));
  }

  @Test
  void everyChangeByCommandIsTheSame() throws Exception {
    Path script = Files.createFile(directory.resolve("notify.sh"));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        file,
        HandWritten.OPTIONS_FIRST.with(port, servers.ports().any(LOCAL))
            + "sentinel deny-scripts-reconfig no\n");
    try (RealSentinel real = RealSentinel.start(file, port)) {
      real.command("SENTINEL", "FLUSHCONFIG");
      for (String change :
          List.of(
              "SET main down-after-milliseconds 30000",
              "SET main down-after-milliseconds 1234 parallel-syncs 5 quorum 3",
              "SET second failover-timeout 99",
              "SET third auth-pass other",
              "SET third auth-user",
              "SET main notification-script " + script,
              "SET third client-reconfig-script " + script,
              "SET main rename-command PING pong",
              "SET main rename-command CONFIG CONFIG",
              "SET second master-reboot-down-after-period 0",
              "MONITOR fourth 127.0.0.1 3 1",
              "SET fourth parallel-syncs 9",
              "CONFIG SET announce-ip 10.9.9.9",
              "CONFIG SET announce-port 77",
              "CONFIG SET sentinel-user u",
              "CONFIG SET sentinel-pass p",
              "CONFIG SET resolve-hostnames yes",
              "MONITOR fifth localhost 4 1",
              "CONFIG SET announce-hostnames yes",
              "CONFIG SET announce-hostnames no",
              "REMOVE fifth",
              "REMOVE second",
              "SET main notification-script",
              "CONFIG SET announce-port 0",
              "FLUSHCONFIG")) {
        String before = text();
        assertThat(real.command("SENTINEL", words(change))).as(change).isEqualTo("OK");
        SentinelConf conf = isOurs();
        assertThat(ConfRewriter.rewrite(before, conf)).as(change).isEqualTo(text());
      }
      real.stop();
    }
    assertThat(isOurs().masters())
        .extracting(MasterConf::name)
        .containsExactlyInAnyOrder("main", "third", "fourth");
  }

  /** A line ends in an empty word where a value is to be taken away. */
  private static String[] words(String change) {
    List<String> words = new ArrayList<>(List.of(change.split(" ")));
    if (change.endsWith("notification-script") || change.endsWith("auth-user")) {
      words.add("");
    }
    return words.toArray(String[]::new);
  }

  @Test
  void discoveryAndAFailoverAreTheSame() throws Exception {
    RedisGroup group = servers.group(2);
    int node = group.nodes().get(0).port();
    Files.writeString(file, HandWritten.COMMENTED.with(port, node));
    int otherPort = servers.ports().any(LOCAL);
    Path other = servers.scratch("other").resolve("s.conf");
    Files.writeString(other, HandWritten.MINIMAL.with(otherPort, node));
    try (RealSentinel real = RealSentinel.start(file, port);
        RealSentinel peer = RealSentinel.start(other, otherPort)) {
      soon(() -> real.master("main", "num-slaves").equals("2"));
      soon(() -> real.master("main", "num-other-sentinels").equals("1"));
      SentinelConf found = isOurs();
      assertThat(found.masters().get(0).memory().replicas()).hasSize(2);
      MasterConf.Peer known = found.masters().get(0).memory().peers().get(0);
      assertThat(known.id()).isEqualTo(peer.command("SENTINEL", "MYID"));
      assertThat(known.address()).isEqualTo(ConfAddress.of(LOCAL, otherPort));

      assertThat(real.command("SENTINEL", "FAILOVER", "main")).isEqualTo("OK");
      soon(() -> isOurs().masters().get(0).address().port() != node);
      soon(() -> real.log().contains("+switch-master main"));
      SentinelConf moved = isOurs();
      real.stop();
      MasterConf main = moved.masters().get(0);
      assertThat(main.memory().configEpoch()).isEqualTo(moved.global().currentEpoch());
      assertThat(main.memory().leaderEpoch()).isEqualTo(1);
      assertThat(main.memory().replicas()).hasSize(2).contains(ConfAddress.of(LOCAL, node));
    }
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  private static void soon(Check check) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(40))
        .until(check::holds);
  }

  @ParameterizedTest
  @EnumSource(HandWritten.class)
  void theRealOneStartsFromOurFiles(HandWritten hand) throws Exception {
    String script = directory.toRealPath() + "/note it.sh";
    assertThat(Files.createFile(Path.of(script)).toFile().setExecutable(true)).isTrue();
    String old = hand.with(port, servers.ports().any(LOCAL));
    SentinelConf facts = facts(read(old), script);
    facts = facts.withMasters(Alike.settled(facts.masters()));
    new ConfFile(file).write(ConfRewriter.rewrite(old, facts));
    assertThat(read(text())).isEqualTo(facts);

    try (RealSentinel real = RealSentinel.start(file, port)) {
      assertThat(real.command("SENTINEL", "MYID")).isEqualTo(facts.global().myId().orElseThrow());
      assertThat(fields(real.command("SENTINEL", "CONFIG", "GET", "*")))
          .containsEntry("announce-ip", "10.0.0.77")
          .containsEntry("announce-port", "4321")
          .containsEntry("sentinel-user", "a b")
          .containsEntry("sentinel-pass", "\"quoted\"");
      for (MasterConf master : facts.masters()) {
        assertShown(real, master);
      }
      assertThat(real.master("ours of old", "notification-script")).isEqualTo(script);
      real.stop();
    }
    // Nothing was flushed: all that it needs was there.
    assertThat(read(text())).isEqualTo(facts);
  }

  @Test
  void theRealOneStartsAgainWhereItCouldNotReadItsOwnFile() throws Exception {
    String old =
        HandWritten.MINIMAL.with(port, servers.ports().any(LOCAL))
            + "\nsentinel known-slave main 10.0.0.2 6379\nsentinel auth-pass main 'a b'\n";
    Files.writeString(file, old, StandardCharsets.ISO_8859_1);
    try (RealSentinel real = RealSentinel.start(file, port)) {
      real.stop();
    }
    assertThat(RealSentinel.refuses(file).errors()).contains("FATAL CONFIG FILE ERROR");

    new ConfFile(file).write(ConfRewriter.rewrite(old, read(old)));
    try (RealSentinel real = RealSentinel.start(file, port)) {
      assertThat(real.master("main", "num-slaves")).isEqualTo("1");
    }
  }

  private static SentinelConf facts(SentinelConf conf, String script) {
    GlobalSettings global =
        new GlobalSettings(
            Optional.of("0123456789".repeat(4)),
            41,
            Optional.of("10.0.0.77"),
            4321,
            false,
            conf.global().resolveHostnames(),
            false,
            Optional.of("a b"),
            Optional.of("\"quoted\""));
    MasterConf ours =
        MasterConf.monitor("ours of old", ConfAddress.of("10.3.3.3", 6379), 2)
            .withOptions(
                new MasterConf.Options(
                    2,
                    1500,
                    2500,
                    3,
                    Optional.of(script),
                    Optional.empty(),
                    Optional.of("p w"),
                    Optional.of("'u'"),
                    9,
                    Map.of("config", "")))
            .withMemory(
                ConfAddress.of("10.3.3.4", 6380),
                new MasterConf.Memory(
                    40,
                    41,
                    List.of(ConfAddress.of("10.3.3.3", 6379), ConfAddress.of("fe80::7", 6379)),
                    List.of(
                        new MasterConf.Peer(ConfAddress.of("10.4.4.4", 26379), "c".repeat(40)))));
    return conf.withGlobal(global)
        .withMasters(Stream.concat(conf.masters().stream(), Stream.of(ours)).toList());
  }

  private static void assertShown(RealSentinel real, MasterConf master) {
    Map<String, String> shown = fields(real.command("SENTINEL", "MASTER", master.name()));
    assertThat(shown)
        .containsEntry("ip", master.address().ip())
        .containsEntry("port", "" + master.address().port())
        .containsEntry("quorum", "" + master.options().quorum())
        .containsEntry("down-after-milliseconds", "" + master.options().downAfterMillis())
        .containsEntry("failover-timeout", "" + master.options().failoverTimeoutMillis())
        .containsEntry("parallel-syncs", "" + master.options().parallelSyncs())
        .containsEntry("config-epoch", "" + master.memory().configEpoch());
    List<?> replicas = (List<?>) real.command("SENTINEL", "REPLICAS", master.name());
    assertThat(replicas.stream().map(r -> fields(r).get("ip") + " " + fields(r).get("port")))
        .containsExactlyInAnyOrderElementsOf(
            master.memory().replicas().stream().map(r -> r.ip() + " " + r.port()).toList());
    List<?> peers = (List<?>) real.command("SENTINEL", "SENTINELS", master.name());
    assertThat(peers.stream().map(p -> fields(p).get("runid")))
        .containsExactlyInAnyOrderElementsOf(
            master.memory().peers().stream().map(MasterConf.Peer::id).toList());
  }

  private static Map<String, String> fields(Object reply) {
    List<?> flat = (List<?>) reply;
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < flat.size(); i += 2) {
      fields.put(flat.get(i).toString(), flat.get(i + 1).toString());
    }
    return fields;
  }

  @ParameterizedTest
  @MethodSource("io.github.jedisfailover.internal.monitor.conf.WrongFiles#all")
  void bothRefuseAWrongFileInTheSameWords(WrongFiles.Wrong wrong) throws IOException {
    file = directory.resolve("wrong.conf");
    Files.writeString(file, wrong.text(), StandardCharsets.ISO_8859_1);
    RealSentinel.Refusal real = RealSentinel.refuses(file);
    ConfException ours = catchThrowableOfType(ConfException.class, () -> read(text()));
    assertThat(ours.number()).isEqualTo(wrong.line());
    assertThat(ours.reason()).isEqualTo(wrong.reason());
    assertThat(ours.render(RealSentinel.version().orElseThrow())).isEqualTo(real.errors());
    assertThat(real.exit()).isEqualTo(1);
  }
}
