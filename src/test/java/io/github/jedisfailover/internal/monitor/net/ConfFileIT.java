package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.internal.monitor.conf.ConfAddress;
import io.github.jedisfailover.internal.monitor.conf.ConfException;
import io.github.jedisfailover.internal.monitor.conf.ConfRewriter;
import io.github.jedisfailover.internal.monitor.conf.MasterConf;
import io.github.jedisfailover.internal.monitor.conf.SentinelConf;
import io.github.jedisfailover.internal.monitor.conf.WrongFiles;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.RealSentinel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * The file is read, and what was read writes the same file. As with the real one, a file that
   * does not end in an empty line gets one in the next rewrite, and keeps it.
   */
  private SentinelConf isOurs() throws IOException, ConfException {
    String text = bench.text();
    SentinelConf conf = bench.read(text);
    String again = ConfRewriter.rewrite(text, conf);
    assertThat(again).isEqualTo(text.endsWith("\n\n") ? text : text + "\n");
    assertThat(ConfRewriter.rewrite(again, conf)).isEqualTo(again);
    return conf;
  }

  @ParameterizedTest
  @EnumSource(HandWritten.class)
  void theFirstRewriteOfAHandWrittenFileIsTheSame(HandWritten hand) throws Exception {
    String old = hand.with(bench.port(), bench.freePort());
    Files.writeString(bench.file(), old, StandardCharsets.ISO_8859_1);
    try (RealSentinel real = RealSentinel.start(bench.file(), bench.port())) {
      if (bench.text().equals(old)) {
        // With an id in the file nothing is written at the start.
        assertThat(real.command("SENTINEL", "FLUSHCONFIG")).isEqualTo("OK");
      }
      real.stop();
    }
    SentinelConf written = isOurs();
    if (hand == HandWritten.REWRITTEN_BEFORE) {
      // Nothing plain is appended here, and a signature stands in the middle.
      assertThat(ConfRewriter.rewrite(old, written)).isEqualTo(bench.text());
    }
    assertThat(Alike.sorted(ConfRewriter.rewrite(old, written)))
        .isEqualTo(Alike.sorted(bench.text()));

    SentinelConf before = bench.read(old);
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
    Path script = Files.createFile(bench.directory().resolve("notify.sh"));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        bench.file(),
        HandWritten.OPTIONS_FIRST.with(bench.port(), bench.freePort())
            + "sentinel deny-scripts-reconfig no\n");
    try (RealSentinel real = RealSentinel.start(bench.file(), bench.port())) {
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
        String before = bench.text();
        assertThat(real.command("SENTINEL", words(change))).as(change).isEqualTo("OK");
        SentinelConf conf = isOurs();
        assertThat(ConfRewriter.rewrite(before, conf)).as(change).isEqualTo(bench.text());
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
    RedisGroup group = bench.servers().group(2);
    int node = group.nodes().get(0).port();
    Files.writeString(bench.file(), HandWritten.COMMENTED.with(bench.port(), node));
    int otherPort = bench.freePort();
    Path other = bench.servers().scratch("other").resolve("s.conf");
    Files.writeString(other, HandWritten.MINIMAL.with(otherPort, node));
    try (RealSentinel real = RealSentinel.start(bench.file(), bench.port());
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
  @MethodSource("io.github.jedisfailover.internal.monitor.conf.WrongFiles#all")
  void bothRefuseAWrongFileInTheSameWords(WrongFiles.Wrong wrong) throws IOException {
    Path file = bench.directory().resolve("wrong.conf");
    Files.writeString(file, wrong.text(), StandardCharsets.ISO_8859_1);
    RealSentinel.Refusal real = RealSentinel.refuses(file);
    ConfException ours = catchThrowableOfType(ConfException.class, () -> bench.read(wrong.text()));
    assertThat(ours.number()).isEqualTo(wrong.line());
    assertThat(ours.reason()).isEqualTo(wrong.reason());
    assertThat(ours.render(RealSentinel.version().orElseThrow())).isEqualTo(real.errors());
    assertThat(real.exit()).isEqualTo(1);
  }
}
