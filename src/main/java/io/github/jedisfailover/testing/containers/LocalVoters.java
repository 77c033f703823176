package io.github.jedisfailover.testing.containers;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.testkit.TempDirs;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.testing.FreePorts;
import io.github.jedisfailover.topology.NodeAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Voters in this JVM that watch the group through its published ports. */
final class LocalVoters implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final List<NodeAddress> addresses;
  private final List<EmbeddedMonitor> monitors = new ArrayList<>();

  /** A voter with a memory votes sooner than one without; and it can be seen when it does. */
  private final Path memory = TempDirs.create();

  private LocalVoters(List<NodeAddress> addresses) {
    this.addresses = addresses;
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
    FreePorts ports = new FreePorts();
    return Stream.generate(() -> new NodeAddress(HOST, ports.any(HOST))).limit(number).toList();
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
    TempDirs.delete(memory);
  }
}
