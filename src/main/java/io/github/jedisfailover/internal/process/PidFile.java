package io.github.jedisfailover.internal.process;

import io.github.jedisfailover.internal.monitor.conf.ProcessSettings;
import io.github.jedisfailover.internal.monitor.core.CoreAction.Level;
import io.github.jedisfailover.internal.monitor.net.SentinelHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells service managers whom to signal. */
final class PidFile {
  /** Where Redis writes it if it runs in the background and nothing else is said. */
  private static final String DEFAULT = "/var/run/redis.pid";

  private final Path file;

  private PidFile(Path file) {
    this.file = file;
  }

  static Optional<PidFile> of(ProcessSettings settings, Path directory) {
    Optional<String> fallback = settings.daemonize() ? Optional.of(DEFAULT) : Optional.empty();
    return settings.pidfile().or(() -> fallback).map(f -> new PidFile(directory.resolve(f)));
  }

  /** As Redis: the process also runs without. */
  void write(SentinelHost host) {
    try {
      Files.writeString(file, ProcessHandle.current().pid() + "\n");
    } catch (IOException e) {
      host.log(Level.VERBOSE, "Failed to write PID file: " + e.getMessage());
    }
  }

  void remove(SentinelHost host) {
    host.log(Level.NOTICE, "Removing the pid file.");
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      host.log(Level.VERBOSE, "Failed to remove PID file: " + e.getMessage());
    }
  }
}
