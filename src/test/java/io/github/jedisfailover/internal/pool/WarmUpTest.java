package io.github.jedisfailover.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;

/** Two listeners that accept and never answer; connections without and with a handshake. */
class WarmUpTest {
  private static final DefaultJedisClientConfig NO_HANDSHAKE =
      DefaultJedisClientConfig.builder()
          .serverDefaultProtocol()
          .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
          .build();

  private static final Duration CALL = Duration.ofSeconds(20);

  private final DaemonThreads threads = new DaemonThreads("warm-up-test");
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private ServerSocket one;
  private ServerSocket two;
  private NodePools pools;
  private long sequence;

  @BeforeEach
  void start() throws IOException {
    one = listener("one");
    two = listener("two");
  }

  private ServerSocket listener(String name) throws IOException {
    ServerSocket listener = new ServerSocket(0, 100);
    threads.start(name, () -> accept(listener));
    return listener;
  }

  private void accept(ServerSocket listener) {
    while (!listener.isClosed()) {
      try {
        sockets.add(listener.accept());
      } catch (IOException e) {
        return;
      }
    }
  }

  @AfterEach
  void stop() throws IOException {
    pools.close();
    one.close();
    two.close();
    threads.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void open(FailoverConfig.Builder config) {
    FailoverConfig made =
        config.nodes(address(one)).clientConfig(NO_HANDSHAKE).callTimeout(CALL).build();
    pools =
        new NodePools(
            made, made.clientConfig(), MonotonicClock.SYSTEM, FailoverMetrics.NONE, (n, c) -> {});
    pools.start(threads);
  }

  private static NodeAddress address(ServerSocket listener) {
    return new NodeAddress("127.0.0.1", listener.getLocalPort());
  }

  private NodePool master(ServerSocket node) {
    TopologySnapshot.Version version = new TopologySnapshot.Version(0, ++sequence);
    NodeView view = NodeView.master(address(node));
    return pools.apply(new TopologySnapshot(version, List.of(view))).get(address(node));
  }

  private static void use(NodePool pool, int connections) {
    List<Connection> lent = Stream.generate(pool::borrow).limit(connections).toList();
    lent.forEach(Connection::close);
  }

  @Test
  void asManyAreOpenedAsTheOldMasterHad() {
    open(FailoverConfig.builder());
    NodePool old = master(one);
    assertThat(old.jedisPool().getNumIdle()).isZero();
    use(old, 3);
    NodePool next = master(two);
    await().until(() -> next.jedisPool().getNumIdle() == 3);
    use(next, 5);
    assertThat(next.jedisPool().getCreatedCount()).isEqualTo(5);
  }

  @Test
  void notMoreThanSet() {
    open(FailoverConfig.builder().warmConnections(2));
    use(master(one), 5);
    NodePool next = master(two);
    await().until(() -> next.jedisPool().getNumIdle() == 2);
    use(next, 5);
    assertThat(next.jedisPool().getCreatedCount()).isEqualTo(5);
  }

  @Test
  void noneIfSoSet() {
    open(FailoverConfig.builder().warmConnections(0));
    use(master(one), 5);
    NodePool next = master(two);
    use(next, 1);
    assertThat(next.jedisPool().getCreatedCount()).isEqualTo(1);
  }

  /** The callers find out for themselves: they are not held back for the time-out. */
  @Test
  void aNodeThatRefusesHoldsNobodyBack() throws IOException {
    open(FailoverConfig.builder().warmTimeout(Duration.ofMinutes(1)));
    use(master(one), 5);
    two.close();
    NodePool next = master(two);
    long start = System.nanoTime();
    assertThat(reason(next)).isEqualTo(LeaseFailedException.Reason.CONNECT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(CALL);
  }

  /** Logging in takes until the socket time-out, which is longer than a test lasts. */
  @Test
  void aNodeThatIsSilentHoldsNobodyBackForLong() {
    open(FailoverConfig.builder().warmTimeout(Duration.ofMillis(100)));
    use(master(one), 5);
    pools.configure(
        FailoverConfig.builder().nodes(address(one)).warmTimeout(Duration.ofMillis(100)).build(),
        DefaultJedisClientConfig.builder().socketTimeoutMillis(60_000).build());
    NodePool next = master(two);
    threads.start("caller", () -> reason(next));
    int ahead = 4;
    int watch = 1;
    await().until(() -> connections(two) == ahead + watch + 1);
  }

  private long connections(ServerSocket node) {
    return sockets.stream().filter(s -> s.getLocalPort() == node.getLocalPort()).count();
  }

  private static LeaseFailedException.Reason reason(NodePool pool) {
    try (Connection connection = pool.borrow()) {
      throw new AssertionError("lent " + connection);
    } catch (LeaseFailedException e) {
      return e.reason();
    }
  }
}
