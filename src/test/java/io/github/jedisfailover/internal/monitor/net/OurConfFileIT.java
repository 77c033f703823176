package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.conf.ConfAddress;
import io.github.jedisfailover.internal.monitor.conf.ConfRewriter;
import io.github.jedisfailover.internal.monitor.conf.GlobalSettings;
import io.github.jedisfailover.internal.monitor.conf.MasterConf;
import io.github.jedisfailover.internal.monitor.conf.SentinelConf;
import io.github.jedisfailover.testsupport.RealSentinel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Config files that we wrote, in the hands of the installed {@code redis-sentinel}. */
class OurConfFileIT {
  private ConfBench bench;

  @BeforeAll
  static void needsTheRealOne() {
    RealSentinel.assumeVersion70();
  }

  @BeforeEach
  void open() {
    bench = new ConfBench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @EnumSource(HandWritten.class)
  void theRealOneStartsFromOurFiles(HandWritten hand) throws Exception {
    String script = bench.directory().toRealPath() + "/note it.sh";
    assertThat(Files.createFile(Path.of(script)).toFile().setExecutable(true)).isTrue();
    String old = hand.with(bench.port(), bench.freePort());
    SentinelConf facts = facts(bench.read(old), script);
    facts = facts.withMasters(Alike.settled(facts.masters()));
    new ConfFile(bench.file()).write(ConfRewriter.rewrite(old, facts));
    assertThat(bench.read(bench.text())).isEqualTo(facts);

    try (RealSentinel real = RealSentinel.start(bench.file(), bench.port())) {
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
    assertThat(bench.read(bench.text())).isEqualTo(facts);
  }

  @Test
  void theRealOneStartsAgainWhereItCouldNotReadItsOwnFile() throws Exception {
    String old =
        HandWritten.MINIMAL.with(bench.port(), bench.freePort())
            + "\nsentinel known-slave main 10.0.0.2 6379\nsentinel auth-pass main 'a b'\n";
    Files.writeString(bench.file(), old, StandardCharsets.ISO_8859_1);
    try (RealSentinel real = RealSentinel.start(bench.file(), bench.port())) {
      real.stop();
    }
    assertThat(RealSentinel.refuses(bench.file()).errors()).contains("FATAL CONFIG FILE ERROR");

    new ConfFile(bench.file()).write(ConfRewriter.rewrite(old, bench.read(old)));
    try (RealSentinel real = RealSentinel.start(bench.file(), bench.port())) {
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
}
