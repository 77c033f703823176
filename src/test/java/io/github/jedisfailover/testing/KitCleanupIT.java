package io.github.jedisfailover.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is left of the kit: after it is closed, and after a SIGTERM in the middle of a test. In a
 * JVM of its own, which has no test library but the kit on its class path.
 */
class KitCleanupIT {
  private static final List<String> NOT_NEEDED =
      List.of("junit", "opentest4j", "assertj", "awaitility", "testcontainers", "spring");

  @TempDir Path temp;

  @Test
  void twentyCyclesAndASigtermLeaveNothing() throws Exception {
    boolean partitions = Partition.missing().isEmpty();
    Process kit = start(partitions);
    try {
      List<String> said = readUntilReady(kit);
      System.out.println(String.join("\n", said));
      assertThat(said.stream().filter(l -> l.startsWith("LEFT ")))
          .containsExactly(
              "LEFT threads []", "LEFT sockets 0", "LEFT children []", "LEFT files []");
      List<Long> servers = pids(said);
      assertThat(servers).hasSize(3);
      assertThat(rules())
          .as("rules of the kit")
          .matches(r -> !partitions || r.contains("JF" + kit.pid()));

      kit.destroy();

      assertThat(kit.waitFor(20, TimeUnit.SECONDS)).as("ends at SIGTERM").isTrue();
      await("servers end")
          .atMost(Duration.ofSeconds(10))
          .until(() -> servers.stream().noneMatch(KitCleanupIT::runs));
      assertThat(rules()).doesNotContain("JF" + kit.pid());
      try (Stream<Path> files = Files.list(temp)) {
        assertThat(files.filter(f -> !f.getFileName().toString().startsWith("hsperf"))).isEmpty();
      }
    } finally {
      kit.destroyForcibly();
    }
  }

  private Process start(boolean partitions) throws IOException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> NOT_NEEDED.stream().noneMatch(new File(entry).getName()::contains))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temp));
    command.addAll(List.of("-cp", classPath, KitMain.class.getName(), "20"));
    if (partitions) {
      command.add("partitions");
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static List<String> readUntilReady(Process kit) throws IOException {
    List<String> said = new ArrayList<>();
    BufferedReader out = kit.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals("READY")) {
        return said;
      }
      said.add(line);
    }
    throw new IllegalStateException("ended: " + String.join("\n", said));
  }

  private static List<Long> pids(List<String> said) {
    return said.stream()
        .filter(l -> l.startsWith("CHILD "))
        .map(l -> Long.parseLong(l.substring("CHILD ".length())))
        .toList();
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  private static String rules() throws IOException {
    try {
      Process list = new ProcessBuilder("iptables", "-w", "-S").redirectErrorStream(true).start();
      return new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // no iptables, no rules
    }
  }
}
