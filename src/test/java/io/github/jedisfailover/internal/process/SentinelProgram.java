package io.github.jedisfailover.internal.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The installed redis-sentinel, or the built launcher, started in a directory. */
final class SentinelProgram implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path LAUNCHER = Path.of("target", "jedis-failover-sentinel");

  private final Process process;
  private final Path directory;

  private SentinelProgram(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  static List<String> real() {
    return List.of("redis-sentinel");
  }

  static List<String> ours() {
    return List.of(LAUNCHER.toAbsolutePath().toString());
  }

  static boolean isReal(List<String> program) {
    return program.contains("redis-sentinel");
  }

  static SentinelProgram start(List<String> program, Path directory, String... arguments) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(directory.resolve("stdout").toFile())
              .redirectError(directory.resolve("stderr").toFile())
              .start();
      process.getOutputStream().close();
      return new SentinelProgram(process, directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a process left behind; lines without what differs from run to run. */
  record Ended(int status, List<String> out, List<String> err) {}

  Ended ended() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("does not end: " + lines("stdout"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Ended(process.exitValue(), lines("stdout"), lines("stderr"));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void signal(String name) {
    try {
      new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  SentinelProgram awaitPong(int port) {
    awaitPong(port, () -> process.isAlive() || ended().status() == 0);
    return this;
  }

  static void awaitPong(int port, BooleanSupplier alive) {
    awaitPong(port, "PING", alive);
  }

  /**
   * @param ping what PING is called there
   */
  static void awaitPong(int port, String ping, BooleanSupplier alive) {
    await("PONG at " + port)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> ask(port, ping).equals("+PONG\r\n") || !alive.getAsBoolean());
  }

  /** The first bytes of the answer; empty if nobody listens. */
  static String ask(int port, String command) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      byte[] answer = new byte[16_384];
      int length = Math.max(0, in.read(answer));
      return new String(answer, 0, length, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /** The lines of a file in its directory, without what differs from run to run. */
  List<String> lines(String file) {
    try {
      return Files.readAllLines(directory.resolve(file), StandardCharsets.ISO_8859_1).stream()
          .map(line -> normal(line))
          .filter(line -> !aboutTheMachine(line))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String normal(String line) {
    return line.replaceAll(
            "^\\d+:X \\d\\d \\p{Alpha}{3} \\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d{3} ", "PID:X TIME ")
        .replaceAll("^\\d+:signal-handler \\(\\d+\\)", "PID:signal-handler (TIME)")
        .replaceAll("Sentinel ID is \\p{XDigit}{40}", "Sentinel ID is ID")
        .replaceAll("Redis version=.*", "Redis version=")
        .replace(directory.toString(), "DIRECTORY");
  }

  /** What Redis says of its clock and of the kernel, and what ours says in a library's words. */
  private static boolean aboutTheMachine(String line) {
    return line.contains("monotonic clock")
        || line.contains("WARNING")
        || line.contains("maximum number of open files")
        || line.contains("maxclients of")
        || line.contains("Client closed")
        || line.contains("Accepted")
        || line.contains(" [sentinel] ");
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroyForcibly();
      ended();
    }
  }
}
