package io.github.jedisfailover.sentinel;

import io.github.jedisfailover.testsupport.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A {@code redis-sentinel} process. */
final class RealSentinel implements AutoCloseable {
  private final Process process;
  final NodeAddress address;

  private RealSentinel(Process process, NodeAddress address) {
    this.process = process;
    this.address = address;
  }

  static Optional<Path> binary() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(d -> Path.of(d, "redis-sentinel"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static RealSentinel start(Path binary, RedisServers servers, List<String> settings) {
    NodeAddress address =
        new NodeAddress(RedisServers.LOOPBACK, servers.ports().any(RedisServers.LOOPBACK));
    Path directory = servers.scratch("sentinel-" + address.port());
    try {
      Path file = directory.resolve("sentinel.conf");
      String head = "bind 127.0.0.1\nport " + address.port() + "\ndir " + directory + "\n";
      Files.writeString(file, head + String.join("\n", settings) + "\n");
      Process process =
          new ProcessBuilder(binary.toString(), file.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      return new RealSentinel(process, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
