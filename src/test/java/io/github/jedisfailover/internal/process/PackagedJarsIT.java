package io.github.jedisfailover.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the build has put where. */
class PackagedJarsIT {
  private static final String PROCESS = "io/github/jedisfailover/internal/process/";
  private static final String PROVIDER = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";

  /** With this end of its name, and no longer classifier. */
  private static JarFile jar(String end) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      Path jar =
          files
              .filter(
                  f ->
                      f.getFileName()
                          .toString()
                          .matches("jedis-failover-[0-9.]+(-SNAPSHOT)?" + end))
              .findFirst()
              .orElseThrow();
      return new JarFile(jar.toFile());
    }
  }

  @Test
  void theProgramRunsWithoutItsLauncher() throws Exception {
    String file;
    try (JarFile jar = jar("-sentinel\\.jar")) {
      file = jar.getName();
    }
    Process version = new ProcessBuilder("java", "-jar", file, "-v").start();
    assertThat(version.inputReader().readLine()).startsWith("Redis server v=");
    assertThat(version.waitFor()).isZero();
  }

  private static List<String> names(JarFile jar) {
    return jar.stream().map(e -> e.getName()).toList();
  }

  @Test
  void theLibraryHasNeitherTheProcessNorALogProvider() throws IOException {
    try (JarFile jar = jar("\\.jar")) {
      assertThat(names(jar))
          .contains("io/github/jedisfailover/RedisFailoverClient.class")
          .noneMatch(n -> n.startsWith(PROCESS))
          .doesNotContain(PROVIDER);
    }
  }

  @Test
  void theProgramHasWhatItNeedsAndNoMore() throws IOException {
    try (JarFile jar = jar("-sentinel\\.jar")) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("io.github.jedisfailover.internal.process.Main");
      assertThat(new String(jar.getInputStream(jar.getEntry(PROVIDER)).readAllBytes()).trim())
          .isEqualTo("io.github.jedisfailover.internal.process.SentinelLogProvider");
      assertThat(names(jar))
          .contains(PROCESS + "Main.class", "redis/clients/jedis/Connection.class")
          .noneMatch(n -> n.startsWith("io/github/resilience4j/"))
          .noneMatch(n -> n.startsWith("io/github/jedisfailover/internal/pool/"))
          .noneMatch(n -> n.startsWith("META-INF/versions/"));
    }
  }
}
