package io.github.jedisfailover.integration.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Jedis that Boot's dependency management pins, in place of ours, in a process of its own. */
class PinnedJedisTest {
  private static final Path PINNED = Path.of("target", "pinned-jedis", "jedis.jar");

  @Test
  void theStartFailsAndSaysWhatToWrite() throws Exception {
    assertThat(PINNED).as("copied by the build").exists();

    Outcome outcome = start("--jedis-failover.nodes=127.0.0.1:6379");

    assertThat(outcome.status()).as(outcome.output()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("PLAIN Jedis Failover needs Jedis 8.0.2 or later, on the class path is Jedis 7.")
        .containsPattern("(?m)^APPLICATION FAILED TO START$")
        .containsPattern(
            "(?m)^Jedis Failover needs Jedis 8.0.2 or later, but the Jedis on the class path is 7\\.\\d+\\.\\d+: ")
        .contains("<jedis.version>8.0.2</jedis.version>")
        .contains("ext['jedis.version'] = '8.0.2'");
  }

  @Test
  void whoDoesNotUseTheClientIsLeftAlone() throws Exception {
    Outcome outcome = start("--spring.data.redis.client-type=jedis");

    assertThat(outcome.status()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("STARTED");
  }

  private record Outcome(int status, String output) {}

  private static Outcome start(String argument) throws IOException, InterruptedException {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(e -> e.matches(".*[/\\\\]jedis-8[^/\\\\]*\\.jar") ? PINNED.toString() : e)
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(classPath).contains(PINNED.toString());
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx256m",
                    "-Dha.root=INFO",
                    "-cp",
                    classPath,
                    BootMain.class.getName(),
                    "--spring.main.banner-mode=off",
                    argument))
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Outcome(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
