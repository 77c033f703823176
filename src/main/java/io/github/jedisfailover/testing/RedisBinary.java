package io.github.jedisfailover.testing;

import io.github.jedisfailover.internal.testkit.CarriedServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The redis-server to start: {@code -Dredis.server} or {@code REDIS_SERVER} in the environment,
 * else the one on the PATH, else the one carried in the embedded-redis jar.
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
   * @return the server
   * @throws IllegalStateException if there is none, or the first that there is does not start: no
   *     other is taken in its place
   */
  public static RedisBinary find(Path scratch) {
    Optional<String> named =
        Optional.ofNullable(System.getProperty("redis.server"))
            .or(() -> Optional.ofNullable(System.getenv("REDIS_SERVER")))
            .filter(s -> !s.isBlank());
    if (named.isPresent()) {
      return named(named.get());
    }
    Optional<Path> installed = onPath("redis-server");
    if (installed.isPresent()) {
      return verified(installed.get(), "found on the PATH");
    }
    return carried(scratch);
  }

  static RedisBinary named(String path) {
    return verified(Path.of(path), "named by REDIS_SERVER or -Dredis.server");
  }

  /** The one carried in embedded-redis, whatever else there is. */
  static RedisBinary carried(Path scratch) {
    return verified(CarriedServer.unpack(scratch), "carried in embedded-redis");
  }

  int major() {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  /**
   * Why this server speaks no TLS. Asked with a wrong value, which ends every server at once: one
   * that was built without TLS complains of the name instead.
   *
   * @return empty if it does
   */
  public String missingTls() {
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

  private static RedisBinary verified(Path path, String origin) {
    Output said = run(path, "--version");
    Matcher version = VERSION.matcher(said.text());
    if (said.exit() != 0 || !version.find()) {
      throw new IllegalStateException(
          path
              + " ("
              + origin
              + ") does not start: exit status "
              + said.exit()
              + ", it said:\n"
              + said.text());
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
      return new Output(e.getMessage(), -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting " + path, e);
    }
  }
}
