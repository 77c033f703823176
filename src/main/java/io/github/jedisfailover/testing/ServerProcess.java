package io.github.jedisfailover.testing;

import io.github.jedisfailover.internal.testkit.Signals;
import io.github.jedisfailover.internal.testkit.TempDirs;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A redis-server process that can be started more than once, with its directory and its log. */
final class ServerProcess {
  private final RedisBinary binary;
  private final NodeAddress address;
  private final Path directory;
  private final List<String> fixed;
  private volatile Process process;
  private volatile boolean closed;

  /**
   * Starts nothing yet.
   *
   * @param fixed arguments of each start
   */
  ServerProcess(RedisBinary binary, NodeAddress address, Path directory, List<String> fixed) {
    this.binary = binary;
    this.address = address;
    this.directory = directory;
    this.fixed = List.copyOf(fixed);
  }

  boolean isAlive() {
    Process p = process;
    return p != null && p.isAlive();
  }

  void launch(String... moreArguments) {
    if (closed || isAlive()) {
      throw new IllegalStateException(address + (closed ? " is closed" : " is running"));
    }
    List<String> command = new ArrayList<>(arguments());
    command.addAll(fixed);
    command.addAll(List.of(moreArguments));
    try {
      if (Files.notExists(configFile())) {
        Files.createFile(configFile()); // CONFIG REWRITE is refused without one
      }
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(outputFile().toFile())
              .start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + binary.path(), e);
    }
  }

  private List<String> arguments() {
    List<String> a = new ArrayList<>();
    a.addAll(List.of(binary.path().toString(), configFile().toString()));
    a.addAll(List.of("--port", "" + address.port(), "--bind", address.host()));
    if (binary.major() >= 7) {
      // Before 7.0 the first bind address is the source address anyway, and DEBUG is allowed.
      a.addAll(List.of("--bind-source-addr", address.host(), "--enable-debug-command", "yes"));
    }
    a.addAll(List.of("--protected-mode", "no", "--daemonize", "no"));
    a.addAll(List.of("--save", "", "--appendonly", "no", "--dir", directory.toString()));
    a.addAll(List.of("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
    a.addAll(List.of("--loglevel", "notice", "--logfile", logFile().toString()));
    return a;
  }

  private Path configFile() {
    return directory.resolve("redis.conf");
  }

  String configuration() {
    try {
      return Files.readString(configFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path logFile() {
    return directory.resolve("redis.log");
  }

  private Path outputFile() {
    return directory.resolve("output.txt");
  }

  /** What the process printed and logged. */
  String output() {
    StringBuilder text = new StringBuilder();
    for (Path file : List.of(outputFile(), logFile())) {
      try {
        text.append(Files.exists(file) ? Files.readString(file) : "");
      } catch (IOException e) {
        text.append(e);
      }
    }
    return text.toString();
  }

  /** Fails with its output if the process has ended. */
  void requireAlive() {
    if (!isAlive()) {
      throw new IllegalStateException(
          "redis-server on "
              + address
              + (process == null ? " was not started" : " ended with " + process.exitValue())
              + ":\n"
              + output());
    }
  }

  void freeze() {
    requireAlive();
    Signals.freeze(process);
  }

  void thaw() {
    requireAlive();
    Signals.thaw(process);
  }

  /** Does nothing to a process that is not there. */
  void kill() {
    if (isAlive()) {
      Signals.kill(process);
    }
  }

  /** Whether it ended by itself in this time. */
  boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + address + " shuts down", e);
    }
  }

  /** Removes the data, not the configuration. */
  void deleteData() {
    List<Path> kept = List.of(configFile(), logFile(), outputFile());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (!kept.contains(file)) {
          TempDirs.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    closed = true;
    kill();
    TempDirs.delete(directory);
  }
}
