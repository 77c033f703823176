package io.github.jedisfailover.testing.containers;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.runtime.Entropy;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Voters in this JVM that watch the group through its published ports. */
final class LocalVoters implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  /** Below the ports that systems give to outgoing connections. */
  private static final int FIRST_PORT = 12_000;

  private static final int LAST_PORT = 32_000;
  private static final int TRIES = 1_000;

  private final List<NodeAddress> addresses;
  private final List<EmbeddedMonitor> monitors = new ArrayList<>();

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

  List<NodeAddress> addresses() {
    return addresses;
  }

  EmbeddedMonitor first() {
    return monitors.get(0);
  }

  @Override
  public void close() {
    monitors.forEach(EmbeddedMonitor::close);
  }
}
