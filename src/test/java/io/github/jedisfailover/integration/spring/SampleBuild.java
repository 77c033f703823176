package io.github.jedisfailover.integration.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Builds the sample as a user would, with the Maven that runs this build and the jar that it made.
 * The jar is installed in a repository that is thrown away and shows everything else through links
 * to the user's own: works with every release of Maven, downloads nothing twice, and leaves no
 * snapshot of ours behind.
 */
final class SampleBuild {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path SOURCE = Path.of("samples", "spring-boot");
  private static final String VERSION = System.getProperty("build.version", "");
  private static final List<String> OURS = List.of("io", "github", "jedisfailover");

  private SampleBuild() {}

  /** Why it cannot be done here; empty if it can. */
  static String missing() {
    return VERSION.isEmpty()
        ? "started outside of Maven: nothing tells which repository to use"
        : "";
  }

  /** The executable jar of the sample. */
  static Path jar() throws IOException, InterruptedException {
    Path sample = TARGET.resolve("boot-sample");
    delete(sample);
    copy(sample);
    Path repository = TARGET.resolve("boot-sample-repository");
    delete(repository);
    overlay(Path.of(System.getProperty("build.repository")), repository);
    install(repository);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("build.maven.home"), "bin", "mvn").toString(),
                "-B",
                "-q",
                "-f",
                sample.resolve("pom.xml").toString(),
                "-Dmaven.repo.local=" + repository,
                "-Djedis-failover.version=" + VERSION,
                "package"));
    if (System.getProperty("build.offline").equals("offline=true")) {
      command.add("-o");
    }
    Path settings = Path.of(System.getProperty("build.settings").substring("file=".length()));
    if (Files.exists(settings)) {
      command.addAll(List.of("-s", settings.toString()));
    }
    run(command);
    return sample.resolve("target").resolve("spring-boot-sample.jar");
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as("%s%n%s", command, output).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void copy(Path sample) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCE)) {
      for (Path file : files.filter(f -> !f.startsWith(SOURCE.resolve("target"))).toList()) {
        Path copy = sample.resolve(SOURCE.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /** Links to everything but the directories on the way to our own artefacts. */
  private static void overlay(Path user, Path repository) throws IOException {
    Path from = user;
    Path to = repository;
    for (String part : OURS) {
      Files.createDirectories(to);
      if (Files.isDirectory(from)) {
        try (Stream<Path> entries = Files.list(from)) {
          for (Path entry : entries.filter(e -> !e.endsWith(part)).toList()) {
            Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
          }
        }
      }
      from = from.resolve(part);
      to = to.resolve(part);
    }
  }

  private static void install(Path repository) throws IOException {
    Path directory = repository;
    for (String part : OURS) {
      directory = directory.resolve(part);
    }
    directory = Files.createDirectories(directory.resolve("jedis-failover").resolve(VERSION));
    String name = "jedis-failover-" + VERSION;
    Files.copy(TARGET.resolve(name + ".jar"), directory.resolve(name + ".jar"));
    Files.copy(Path.of("pom.xml"), directory.resolve(name + ".pom"));
  }

  /** Links go, what they point to stays. */
  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
