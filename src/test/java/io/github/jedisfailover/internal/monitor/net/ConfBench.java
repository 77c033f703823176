package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.conf.ConfException;
import io.github.jedisfailover.internal.monitor.conf.ConfReader;
import io.github.jedisfailover.internal.monitor.conf.SentinelConf;
import io.github.jedisfailover.testing.RedisServers;
import java.io.IOException;
import java.nio.file.Path;

/** A directory of its own with a config file, and the servers that it may name. */
final class ConfBench implements AutoCloseable {
  private final RedisServers servers = RedisServers.open();
  private final Path directory = servers.scratch("sentinel");
  private final int port = freePort();

  RedisServers servers() {
    return servers;
  }

  Path directory() {
    return directory;
  }

  Path file() {
    return directory.resolve("sentinel.conf");
  }

  /** For the Sentinel of the file. */
  int port() {
    return port;
  }

  int freePort() {
    return servers.ports().any(RedisServers.LOOPBACK);
  }

  String text() throws IOException {
    return new ConfFile(file()).read();
  }

  SentinelConf read(String text) throws IOException, ConfException {
    return ConfReader.read(text, "", new ConfSurroundings(directory));
  }

  @Override
  public void close() {
    servers.close();
  }
}
