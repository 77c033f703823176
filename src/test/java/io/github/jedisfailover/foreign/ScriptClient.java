package io.github.jedisfailover.foreign;

import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Clients of other languages, where they are installed; each runs a small script. */
enum ScriptClient implements Client {
  REDIS_CLI("loop.sh", "redis-tools", List.of("sh"), List.of("redis-cli", "--version")),

  PHPREDIS(
      "loop.php",
      "php-cli and php-redis",
      List.of("php"),
      List.of("php", "-r", "exit(class_exists('RedisSentinel') ? 0 : 1);")),

  /** The system's own interpreter: only that one sees the system's packages. */
  REDIS_PY(
      "loop.py",
      "python3-redis",
      List.of("/usr/bin/python3"),
      List.of("/usr/bin/python3", "-c", "import redis.sentinel"));

  private static final long PROBE_SECONDS = 20;

  private final String script;
  private final String packages;
  private final List<String> interpreter;
  private final List<String> probe;

  ScriptClient(String script, String packages, List<String> interpreter, List<String> probe) {
    this.script = script;
    this.packages = packages;
    this.interpreter = interpreter;
    this.probe = probe;
  }

  @Override
  public String missing() {
    return works(probe) ? "" : name() + " is not installed (Debian: " + packages + ")";
  }

  private static boolean works(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Loop start(Place place) {
    Path output = place.scratch().resolve("output.txt");
    List<String> command = new ArrayList<>(interpreter);
    try (InputStream text = ScriptClient.class.getResourceAsStream("/foreign/" + script)) {
      Path file = place.scratch().resolve(script);
      Files.copy(text, file);
      command.addAll(List.of(file.toString(), place.master(), place.key()));
      place.sentinels().stream()
          .map(NodeAddress::port)
          .forEach(port -> command.add(Integer.toString(port)));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      return new ScriptLoop(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record ScriptLoop(Process process, Path output) implements Loop {
    private static final int SHOWN = 2_000;

    @Override
    public String complaints() {
      try {
        String text = Files.readString(output);
        String end = text.substring(Math.max(0, text.length() - SHOWN));
        return (process.isAlive() ? "running" : "ended with " + process.exitValue()) + "\n" + end;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
