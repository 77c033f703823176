package io.github.jedisfailover.testsupport;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/**
 * The redis-server to start: {@code REDIS_SERVER} or {@code -Dredis.server}, else the one on the
 * PATH, else the one carried in the embedded-redis jar.
 *
 * @param path the executable
 * @param version for example {@code 7.0.15}
 * @param origin where it was found, for people
 */
public record RedisBinary(Path path, String version, String origin) {
  private static final Pattern VERSION = Pattern.compile("v=(\\d+\\.\\d+\\.\\d+)");

  /**
   * Finds a server and proves that it starts.
   *
   * @param scratch where a carried binary is unpacked to
   */
  public static RedisBinary find(Path scratch) {
    Optional<String> named =
        Optional.ofNullable(System.getProperty("redis.server"))
            .or(() -> Optional.ofNullable(System.getenv("REDIS_SERVER")))
            .filter(s -> !s.isBlank());
    if (named.isPresent()) {
      return verified(Path.of(named.get()), "named by REDIS_SERVER or -Dredis.server");
    }
    Optional<Path> installed = onPath("redis-server");
    if (installed.isPresent()) {
      return verified(installed.get(), "found on the PATH");
    }
    return carried(scratch);
  }

  /** The one carried in embedded-redis, whatever else there is. */
  static RedisBinary carried(Path scratch) {
    return verified(unpacked(scratch), "carried in embedded-redis");
  }

  int major() {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  /**
   * Why this server speaks no TLS; empty if it does. Asked with a wrong value, which ends every
   * server at once: one that was built without TLS complains of the name instead.
   */
  String missingTls() {
    String said = run(path, "--tls-session-caching", "perhaps").text();
    return said.contains("Bad directive")
        ? path + " " + version + " (" + origin + ") was built without TLS"
        : "";
  }

  private static Optional<Path> onPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    for (String dir : path.split(File.pathSeparator)) {
      Path candidate = Path.of(dir, name);
      if (!dir.isEmpty() && Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static Path unpacked(Path scratch) {
    try {
      return ExecutableProvider.newJarResourceProvider(scratch.toFile()).get().toPath();
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "embedded-redis has no server for "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ": install redis-server or name one with REDIS_SERVER",
          e);
    }
  }

  private static RedisBinary verified(Path path, String origin) {
    Output said = run(path, "--version");
    Matcher version = VERSION.matcher(said.text());
    if (said.exit() != 0 || !version.find()) {
      throw new IllegalStateException(
          path + " (" + origin + ") does not start; it said:\n" + said.text());
    }
    return new RedisBinary(path, version.group(1), origin);
  }

  private record Output(String text, int exit) {}

  private static Output run(Path path, String... arguments) {
    List<String> command = new ArrayList<>(List.of(path.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(10, TimeUnit.SECONDS);
      return new Output(text.trim(), ended ? process.exitValue() : -1);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting " + path, e);
    }
  }
}
