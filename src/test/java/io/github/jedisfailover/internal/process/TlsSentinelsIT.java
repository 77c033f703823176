package io.github.jedisfailover.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.testing.FreePorts;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testsupport.RealSentinel;
import io.github.jedisfailover.testsupport.TlsAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code tls-} options, with real servers and real Sentinels on the other side. */
class TlsSentinelsIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private static Path certificates;
  private static TlsAccess own;
  private static TlsAccess stranger;

  @TempDir private Path directory;

  @BeforeAll
  static void makeCertificates() throws IOException {
    assumeTrue(RealSentinel.version().isPresent(), "skipped: no redis-sentinel on the PATH");
    String missing = TlsAccess.missing();
    assumeTrue(missing.isEmpty(), missing);
    own = TlsAccess.create(Files.createDirectory(certificates.resolve("own")), "ip:127.0.0.1");
    stranger =
        TlsAccess.create(Files.createDirectory(certificates.resolve("other")), "ip:127.0.0.1");
  }

  private static List<String> lines(int tlsPort, String... more) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "tls-port " + tlsPort,
                "tls-cert-file " + own.certificate(),
                "tls-key-file " + own.key(),
                "tls-ca-cert-file " + own.certificate()));
    lines.addAll(List.of(more));
    return lines;
  }

  private static List<String> secured(FreePorts ports) {
    return lines(ports.any("127.0.0.1"), "tls-replication yes");
  }

  /** Servers have no plain port, and Sentinels show each other their certificates. */
  @ParameterizedTest(name = "{0} real")
  @ValueSource(ints = {1, 0})
  void aGroupLivesOnTlsAlone(int real) {
    try (MixedGroup group = MixedGroup.start(real, directory, own, TlsSentinelsIT::secured)) {
      List<String> plain = group.members().stream().map(m -> "" + m.port()).toList();
      for (SentinelMember member : group.members()) {
        assertThat(member.sentinels()).hasSize(2).noneMatch(s -> plain.contains(s.get("port")));
        await("both peers are connected to " + member)
            .atMost(LIMIT)
            .until(
                () ->
                    SentinelProgram.ask(member.port(), "CLIENT LIST")
                            .lines()
                            .filter(line -> line.contains(" name=sentinel-"))
                            .count()
                        == 2);
      }
      RedisNode old = group.nodes().master();
      MixedGroup.Failover failover = group.killMaster();
      assertThat(failover.master()).isNotEqualTo(old);
      group.members().forEach(m -> m.awaitUsable(3));
    }
  }

  /** What {@code redis-cli} gets for a PING. */
  private String ping(int port, TlsAccess shown) {
    List<String> command =
        new ArrayList<>(
            List.of("redis-cli", "-p", "" + port, "--tls", "--cacert", "" + own.certificate()));
    if (shown != null) {
      command.addAll(List.of("--cert", "" + shown.certificate(), "--key", "" + shown.key()));
    }
    command.add("PING");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output.strip();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest(name = "ours: {0}, tls-auth-clients {1}")
  @CsvSource({
    "false, yes, false, false",
    "true, yes, false, false",
    "false, optional, true, false",
    "true, optional, true, false",
    "false, no, true, true",
    "true, no, true, true"
  })
  void clientsShowTheCertificateThatIsAskedFor(
      boolean ours, String asked, boolean none, boolean strange) throws IOException {
    int port = new FreePorts().any("127.0.0.1");
    List<String> lines = lines(port, "port 0", "logfile s.log", "tls-auth-clients " + asked);
    Files.writeString(directory.resolve("s.conf"), String.join("\n", lines) + "\n");
    List<String> program = ours ? SentinelProgram.ours() : SentinelProgram.real();
    try (SentinelProgram run = SentinelProgram.start(program, directory, "s.conf")) {
      await("PONG with a certificate")
          .atMost(LIMIT)
          .until(() -> ping(port, own).equals("PONG") || !run.isAlive());
      assertThat(ping(port, own)).isEqualTo("PONG");
      assertThat(ping(port, null).equals("PONG")).as("without").isEqualTo(none);
      assertThat(ping(port, stranger).equals("PONG")).as("a stranger's").isEqualTo(strange);
      assertThat(run.lines("s.log"))
          .contains("PID:X TIME * Running mode=sentinel, port=" + port + ".");
    }
  }

  @Test
  void wrongFilesEndTheStartAndTheLogSaysWhich() throws IOException {
    int port = new FreePorts().any("127.0.0.1");
    List<String> lines = lines(port, "port 0", "logfile s.log", "tls-key-file " + stranger.key());
    Files.writeString(directory.resolve("s.conf"), String.join("\n", lines) + "\n");
    for (List<String> program : List.of(SentinelProgram.real(), SentinelProgram.ours())) {
      try (SentinelProgram run = SentinelProgram.start(program, directory, "s.conf")) {
        assertThat(run.ended().status()).isEqualTo(1);
        List<String> log = run.lines("s.log");
        assertThat(log.get(log.size() - 2))
            .contains("# Failed to load private key: " + stranger.key() + ": ");
        assertThat(log.get(log.size() - 1))
            .endsWith("# Failed to configure TLS. Check logs for more info.");
      }
    }
  }
}
