package io.github.jedisfailover.internal.monitor.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Any bytes are read, or refused with the line that is wrong; never another exception. What is read
 * and written again says the same, keeps its comments, and is written the same the next time. Every
 * file comes from its seed: {@code -Dfuzz.inputs=10000000 -Dfuzz.first=0} for a longer or another
 * run.
 */
class ConfFuzzTest {
  private static final long INPUTS = Long.getLong("fuzz.inputs", 5_000);
  private static final long FIRST = Long.getLong("fuzz.first", 0);
  private static final int ROUNDS = 4;

  /** So many that both kinds of files must be among them. */
  private static final long ENOUGH = 1_000;

  private static final String ID = "f".repeat(40);

  @Test
  void theSamplesAreRight() throws ConfException {
    for (String sample : FuzzFiles.samples()) {
      survives(sample, read(sample));
    }
  }

  @Test
  void anyFileIsReadAndKeptOrRefusedWithItsLine() {
    long refused = 0;
    for (long seed = FIRST; seed < FIRST + INPUTS; seed++) {
      String text = FuzzFiles.of(new Random(seed));
      try {
        refused += takes(text) ? 0 : 1;
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    if (INPUTS >= ENOUGH) {
      assertThat(refused).as("refused of %d", INPUTS).isBetween(INPUTS / 4, 3 * INPUTS / 4);
    }
  }

  /** The real one starts with these, and never reaches what they name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "sentinel monitor x 127.0.0.1 0 1; Invalid port number.",
        "sentinel monitor x 'a b' 6379 1; Can't resolve instance hostname.",
        "sentinel monitor x a,b 6379 1; Can't resolve instance hostname.",
        "sentinel known-replica main '' 6379; Can't resolve instance hostname."
      })
  void addressesThatCannotBeAreRefused(String line, String reason) {
    String text = "sentinel resolve-hostnames yes\nsentinel monitor main ::1 1 1\n" + line;
    assertThatThrownBy(() -> read(text)).hasMessage("line 3: " + reason);
  }

  /** Seed 1002177106: what was written could not be read again. */
  @Test
  void twoNamesOfOneReplicaAreWrittenOnce() throws ConfException {
    String text =
        """
        sentinel monitor main 127.0.0.1 1 1
        sentinel known-replica main 10.000000.0.9 6380
        sentinel announce-hostnames yes
        sentinel known-replica main 10.0.0.9 6380
        """;
    survives(text, read(text));
  }

  private static SentinelConf read(String text) throws ConfException {
    return ConfReader.read(text, "", Surroundings.unchecked("/home"));
  }

  private static boolean takes(String text) {
    SentinelConf conf;
    try {
      conf = read(text);
    } catch (ConfException e) {
      namesItsLine(text, e);
      return false;
    }
    survives(text, conf);
    return true;
  }

  private static void namesItsLine(String text, ConfException e) {
    assertThat(e.reason()).isNotBlank();
    if (e.number() == 0) {
      assertThat(e.line()).isEmpty();
    } else {
      assertThat(e.line()).isEqualTo(ConfText.lines(text).get(e.number() - 1).text());
      assertThat(e).hasMessageStartingWith("line " + e.number() + ": ");
    }
  }

  /** As a monitor uses it: into its state and back, over the old file, and read at a restart. */
  private static void survives(String text, SentinelConf conf) {
    SentinelConf kept = SentinelState.with(conf, SentinelState.of(conf, ID));
    String written = ConfRewriter.rewrite(text, kept);
    SentinelConf again = reread(written);

    assertThat(again).isEqualTo(shown(kept));
    assertThat(again.global().myId()).contains(conf.global().myId().orElse(ID));
    assertThat(comments(written)).isEqualTo(comments(text));
    assertThat(written.length()).isLessThan(16 * text.length() + 4_000);
    settles(written, again);
  }

  /** Lines of the defaults move up to free places, as in Redis: a few rounds, and all stand. */
  private static void settles(String written, SentinelConf conf) {
    String before = written;
    for (int round = 0; round < ROUNDS; round++) {
      String now = ConfRewriter.rewrite(before, conf);
      if (now.equals(before)) {
        return;
      }
      before = now;
    }
    assertThat(ConfRewriter.rewrite(before, conf)).isEqualTo(before);
  }

  private static SentinelConf reread(String written) {
    try {
      return read(written);
    } catch (ConfException e) {
      throw new AssertionError("what was written is refused: " + e.render("7.0.15"), e);
    }
  }

  /** What a file can say of it: of a host only the form that is announced, of users no file's. */
  private static SentinelConf shown(SentinelConf conf) {
    boolean names = conf.global().announceHostnames();
    SentinelConf masters =
        conf.withMasters(conf.masters().stream().map(master -> shown(master, names)).toList());
    ProcessSettings process = conf.process();
    return process.aclfile().isEmpty()
        ? masters
        : masters.withProcess(new ProcessSettings(process.values(), Map.of()));
  }

  private static MasterConf shown(MasterConf master, boolean names) {
    MasterConf.Memory memory = master.memory();
    return master.withMemory(
        shown(master.address(), names),
        new MasterConf.Memory(
            memory.configEpoch(),
            memory.leaderEpoch(),
            memory.replicas().stream().map(r -> shown(r, names)).toList(),
            memory.peers().stream()
                .map(p -> new MasterConf.Peer(shown(p.address(), names), p.id()))
                .toList()));
  }

  private static ConfAddress shown(ConfAddress address, boolean names) {
    return ConfAddress.of(address.shown(names), address.port());
  }

  private static List<String> comments(String text) {
    return ConfText.lines(text).stream()
        .map(ConfText.Line::text)
        .filter(line -> line.startsWith("#"))
        .filter(line -> !line.startsWith("# Generated") && !line.startsWith("# ???"))
        .toList();
  }
}
