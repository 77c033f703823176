package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jedisfailover.internal.monitor.conf.CommandLine;
import io.github.jedisfailover.internal.monitor.conf.ConfException;
import io.github.jedisfailover.internal.monitor.conf.ConfReader;
import io.github.jedisfailover.internal.monitor.conf.ConfRewriter;
import io.github.jedisfailover.internal.monitor.conf.SentinelConf;
import io.github.jedisfailover.testing.FreePorts;
import io.github.jedisfailover.testsupport.RealSentinel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same arguments for the installed {@code redis-sentinel} and for us. */
class ConfCommandLineIT {
  private static final String LOCAL = "127.0.0.1";

  @TempDir Path directory;
  private Path file;

  @BeforeAll
  static void needsTheRealOne() {
    RealSentinel.assumeVersion70();
  }

  @BeforeEach
  void name() {
    file = directory.resolve("sentinel.conf");
  }

  private String text() throws IOException {
    return new ConfFile(file).read();
  }

  @ParameterizedTest
  @MethodSource("wrongArguments")
  void bothRefuseWrongArgumentsInTheSameWords(List<String> arguments) throws IOException {
    Files.writeString(file, "# one\n\nport 1");
    RealSentinel.Refusal real = RealSentinel.refuses(file, arguments.toArray(String[]::new));
    ConfException ours = catchThrowableOfType(ConfException.class, () -> read(text(), arguments));
    assertThat(ours.render(RealSentinel.version().orElseThrow())).isEqualTo(real.errors());
  }

  static Stream<List<String>> wrongArguments() {
    return Stream.of(
        List.of("--port", "x"),
        List.of("--port 1 2"),
        List.of("--port", "--timeout", "5"),
        List.of("--save", "--timeout", "x"),
        List.of("--sentinel", "--timeout", "x"),
        List.of("--sentinel", "monitor", "m", "127.0.0.1", "1", "0"),
        List.of("--sentinel", "auth-pass", "m", "a \"b\\"),
        List.of("--bind", "1 2", "--bind", "1", "2", "--nonsense"),
        List.of("port", "x"),
        List.of("--loglevel", ""),
        List.of("--timeout", "5", "--maxclients 0"),
        List.of("--nonsense", "--save"));
  }

  private SentinelConf read(String text, List<String> arguments) throws IOException, ConfException {
    List<String> all = new ArrayList<>(List.of(file.toString()));
    all.addAll(arguments);
    CommandLine line = CommandLine.parse(all);
    assertThat(line.file()).contains(file.toString());
    return ConfReader.read(text, line.overrides(), new ConfSurroundings(directory));
  }

  @Test
  void argumentsEndUpInTheFileAsTheRealOnesDo() throws Exception {
    int port = new FreePorts().any(LOCAL);
    String old = "# one\nport 1\nsentinel monitor main 127.0.0.1 1 1";
    Files.writeString(file, old);
    List<String> arguments =
        List.of(
            "--port",
            "" + port,
            "--sentinel",
            "monitor",
            "two words",
            "127.0.0.1",
            "2",
            "3",
            "--sentinel",
            "known-replica",
            "main",
            "127.0.0.1",
            "9",
            "--save",
            "--bind",
            LOCAL,
            "--syslog-ident",
            "--strange");
    try (RealSentinel real = RealSentinel.start(file, port, arguments.toArray(String[]::new))) {
      real.stop();
    }
    SentinelConf ours = read(old, arguments);
    // The real one writes the name without its quotes, and cannot read that again.
    String written = text().replace(" two words ", " \"two words\" ");
    SentinelConf theirs = read(written, List.of());
    assertThat(theirs.process().values()).isEqualTo(ours.process().values());
    assertThat(theirs.masters()).containsExactlyInAnyOrderElementsOf(ours.masters());
    assertThat(Alike.sorted(ConfRewriter.rewrite(old, theirs))).isEqualTo(Alike.sorted(written));
  }
}
