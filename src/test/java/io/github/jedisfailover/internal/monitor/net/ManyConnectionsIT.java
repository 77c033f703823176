package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.testing.FreePorts;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;

/** A thousand idle connections and a hundred slow ones hold up neither the core nor a peer. */
class ManyConnectionsIT {
  private static final int IDLE = 1_000;
  private static final int SLOW = 100;
  private static final int QUESTIONS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final NodeAddress MASTER = new NodeAddress("127.0.0.1", 7000);
  private static final String ID = "a".repeat(40);

  private final List<Wire> clients = new ArrayList<>();
  private ScriptedMonitor monitor;

  @BeforeEach
  void start() {
    int port = new FreePorts().any("127.0.0.1");
    monitor =
        new ScriptedMonitor(port, ListenerConfig.builder().maxClients(IDLE + SLOW + 10).build());
  }

  @AfterEach
  void stop() {
    clients.forEach(Wire::close);
    monitor.close();
  }

  private Wire client() {
    Wire client = Wire.to(monitor.address.port());
    clients.add(client);
    return client;
  }

  @Test
  void aPeerWorksOnBesideThem() throws IOException {
    long before = residentKilobytes();
    for (int i = 0; i < IDLE; i++) {
      assertThat(client().ask("PING")).isEqualTo("+PONG");
    }
    long perConnection = (residentKilobytes() - before) / IDLE;
    System.out.println(IDLE + " idle connections: " + perConnection + " KiB each, both ends");
    List<Wire> slow = slowOnes();
    List<CoreInput> heard = new CopyOnWriteArrayList<>();
    Target.Peer peer = new Target.Peer(monitor.address);
    try (DaemonThreads threads = new DaemonThreads("many");
        Link link =
            PeerLink.open(
                threads,
                ID,
                peer,
                LinkAccess.ofApplication(DefaultJedisClientConfig.builder().build()),
                LinkTiming.forPeer(1_000),
                heard::add)) {
      await().atMost(PATIENCE).until(() -> heard.contains(new CoreInput.LinkUp(peer)));
      for (int i = 1; i <= QUESTIONS; i++) {
        int asked = i;
        slow.forEach(s -> s.send("x")); // one more byte of a request that never ends
        monitor.doNext(
            new CoreAction.Report("m", CoreAction.Level.VERBOSE, "+flood", "x".repeat(20_000)));
        link.offer(new CoreAction.AskPeer(peer, "m", MASTER, 4, ID));
        await()
            .pollInterval(Duration.ofMillis(2))
            .atMost(Duration.ofSeconds(2))
            .until(() -> answers(heard) >= asked);
      }
    }
    for (Wire idle : clients.subList(0, IDLE)) {
      assertThat(idle.ask("PING")).isEqualTo("+PONG");
    }
    assertThat(perConnection).as("KiB of a connection").isLessThan(200);
  }

  /** Half of them send a request byte by byte, half of them subscribe and never read. */
  private List<Wire> slowOnes() {
    List<Wire> slow = new ArrayList<>();
    for (int i = 0; i < SLOW; i++) {
      Wire client = client();
      if (i % 2 == 0) {
        client.send("*1\r\n$10000\r\n");
        slow.add(client);
      } else {
        client.send("SUBSCRIBE +flood\r\n");
      }
    }
    return slow;
  }

  private static long answers(List<CoreInput> heard) {
    return heard.stream().filter(CoreInput.PeerAnswered.class::isInstance).count();
  }

  private static long residentKilobytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0; // the figure is only known on Linux
    }
    return Files.readAllLines(status).stream()
        .filter(l -> l.startsWith("VmRSS:"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")))
        .sum();
  }
}
