package io.github.jedisfailover.testing.containers;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.runtime.Entropy;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Voters in this JVM that watch the group through its published ports. */
final class LocalVoters implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  /** Below the ports that systems give to outgoing connections. */
  private static final int FIRST_PORT = 12_000;

  private static final int LAST_PORT = 32_000;
  private static final int TRIES = 1_000;

  private final List<NodeAddress> addresses;
  private final List<EmbeddedMonitor> monitors = new ArrayList<>();

  /** A voter with a memory votes sooner than one without; and it can be seen when it does. */
  private final Path memory;

  private LocalVoters(List<NodeAddress> addresses) {
    this.addresses = addresses;
    try {
      this.memory = Files.createTempDirectory("jedis-failover-voters-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LocalVoters start(GroupSettings settings, FailoverConfig group) {
    LocalVoters voters = new LocalVoters(freeAddresses(settings.watchers()));
    try {
      voters.addresses.forEach(a -> voters.start(settings, group, a));
      return voters;
    } catch (RuntimeException e) {
      voters.close();
      throw e;
    }
  }

  private void start(GroupSettings settings, FailoverConfig group, NodeAddress address) {
    MonitorConfig config =
        MonitorConfig.builder()
            .voters(addresses.toArray(NodeAddress[]::new))
            .listen(address)
            .stateDirectory(directory(address))
            .quorum(settings.quorum())
            .downAfter(settings.downAfter())
            .failoverTimeout(settings.failoverTimeout())
            .build();
    EmbeddedMonitor monitor = EmbeddedMonitor.start(config, List.of(), FailoverMetrics.NONE);
    monitors.add(monitor);
    monitor.watch(group);
  }

  private static List<NodeAddress> freeAddresses(int number) {
    Set<NodeAddress> free = new LinkedHashSet<>();
    for (int i = 0; i < TRIES && free.size() < number; i++) {
      NodeAddress address = new NodeAddress(HOST, (int) Entropy.between(FIRST_PORT, LAST_PORT));
      if (isFree(address)) {
        free.add(address);
      }
    }
    if (free.size() < number) {
      throw new IllegalStateException(
          "no " + number + " free ports in " + FIRST_PORT + ".." + LAST_PORT + " on " + HOST);
    }
    return List.copyOf(free);
  }

  private static boolean isFree(NodeAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Path directory(NodeAddress address) {
    return memory.resolve(String.valueOf(address.port()));
  }

  /** The first that has not written its state yet, which it does before it gives votes. */
  Optional<NodeAddress> voteless() {
    return addresses.stream()
        .filter(a -> Files.notExists(directory(a).resolve("monitor.state")))
        .findFirst();
  }

  List<NodeAddress> addresses() {
    return addresses;
  }

  EmbeddedMonitor first() {
    return monitors.get(0);
  }

  @Override
  public void close() {
    monitors.forEach(EmbeddedMonitor::close);
    try (Stream<Path> files = Files.walk(memory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      memory.toFile().deleteOnExit(); // of no use to anybody, and in the system's own place
    }
  }
}
