package io.github.jedisfailover.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/** Against a listener that accepts and never answers: a connection needs no server behind it. */
class NodePoolsStressTest {
  private static final JedisClientConfig NO_HANDSHAKE =
      DefaultJedisClientConfig.builder()
          .serverDefaultProtocol()
          .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
          .build();

  private final DaemonThreads threads = new DaemonThreads("pools-test");
  private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();
  private ServerSocket listener;
  private NodeAddress node;
  private NodePools pools;
  private long sequence;

  @BeforeEach
  void start() throws IOException {
    listener = new ServerSocket(0, 1_000);
    node = new NodeAddress("127.0.0.1", listener.getLocalPort());
    threads.start("acceptor", this::accept);
    pools = pools(NO_HANDSHAKE);
  }

  private NodePools pools(JedisClientConfig connections) {
    FailoverConfig config =
        FailoverConfig.builder().nodes(node).callTimeout(Duration.ofSeconds(10)).build();
    NodePools made =
        new NodePools(
            config, connections, MonotonicClock.SYSTEM, FailoverMetrics.NONE, (n, count) -> {});
    made.start(threads);
    return made;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        accepted.add(listener.accept());
      } catch (IOException e) {
        return;
      }
    }
  }

  @AfterEach
  void stop() throws IOException {
    pools.close();
    listener.close();
    threads.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }

  @Test
  void noConnectionSurvivesItsPoolHoweverTheBorrowRacesWithTheSwitch() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger lent = new AtomicInteger();
    Queue<NodeConnection> all = new ConcurrentLinkedQueue<>();
    Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();
    Map<NodeAddress, NodePool>[] table = oneTable();
    table[0] = pools.apply(says(NodeRole.MASTER));
    List<Thread> borrowers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      borrowers.add(
          threads.start(
              "borrower-" + i,
              () -> {
                while (!stop.get()) {
                  try (Connection connection = table[0].get(node).borrow()) {
                    all.add((NodeConnection) connection);
                    lent.incrementAndGet();
                  } catch (LeaseFailedException e) {
                    if (e.reason() == LeaseFailedException.Reason.EXHAUSTED) {
                      surprises.add(e);
                    }
                  } catch (JedisException e) {
                    surprises.add(e);
                  }
                }
              }));
    }
    for (int i = 0; i < 300; i++) {
      table[0] = pools.apply(says(i % 2 == 0 ? NodeRole.REPLICA : NodeRole.MASTER));
      int seen = lent.get();
      Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> lent.get() > seen);
    }
    stop.set(true);
    for (Thread borrower : borrowers) {
      borrower.join(5_000);
    }
    pools.close();
    assertThat(surprises).isEmpty();
    assertThat(all).isNotEmpty();
    Awaitility.await().until(() -> all.stream().noneMatch(Connection::isConnected));
  }

  /** Half of the borrowers wait at each switch; nothing comes back to a pool that was closed. */
  @Test
  void nobodyGoesOnWaitingAtAPoolThatRetired() throws Exception {
    LongAccumulator longest = new LongAccumulator(Math::max, 0);
    AtomicBoolean stop = new AtomicBoolean();
    Map<NodeAddress, NodePool>[] table = oneTable();
    table[0] = pools.apply(says(NodeRole.MASTER));
    List<Thread> borrowers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      borrowers.add(
          threads.start(
              "borrower-" + i,
              () -> {
                while (!stop.get()) {
                  long start = System.nanoTime();
                  try (Connection connection = table[0].get(node).borrow()) {
                    DaemonThreads.pause(1);
                    connection.forceDisconnect();
                  } catch (IOException | LeaseFailedException e) {
                    continue; // the switch came in between
                  } finally {
                    longest.accumulate(System.nanoTime() - start);
                  }
                }
              }));
    }
    for (int i = 0; i < 200; i++) {
      table[0] = pools.apply(says(i % 2 == 0 ? NodeRole.REPLICA : NodeRole.MASTER));
      DaemonThreads.pause(5);
    }
    stop.set(true);
    for (Thread borrower : borrowers) {
      borrower.join(15_000);
    }
    assertThat(Duration.ofNanos(longest.get())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aHandshakeUnderWayIsCutWhenThePoolRetires() throws Exception {
    pools.close();
    pools = pools(DefaultJedisClientConfig.builder().socketTimeoutMillis(60_000).build());
    NodePool pool = pools.apply(says(NodeRole.MASTER)).get(node);
    AtomicBoolean retired = new AtomicBoolean();
    Thread dialling =
        threads.start(
            "dialling",
            () -> {
              try {
                pool.borrow().close();
              } catch (LeaseFailedException e) {
                retired.set(e.reason() == LeaseFailedException.Reason.RETIRED);
              }
            });
    Awaitility.await().until(() -> !accepted.isEmpty());
    pools.apply(says(NodeRole.REPLICA));
    dialling.join(5_000);
    assertThat(dialling.isAlive()).isFalse();
    assertThat(retired).isTrue();
  }

  @Test
  void aBrokenConnectionIsGivenBackWithoutDiallingAndTheNextBorrowerGetsAFreshOne() {
    NodePool pool = pools.apply(says(NodeRole.MASTER)).get(node);
    Connection broken = pool.borrow();
    Awaitility.await().until(() -> !accepted.isEmpty());
    broken.setBroken();
    broken.close();
    assertThat(broken.isConnected()).isFalse();
    assertThat(pool.jedisPool().getCreatedCount()).isEqualTo(1);
    try (Connection fresh = pool.borrow()) {
      assertThat(fresh).isNotSameAs(broken);
      assertThat(fresh.isBroken()).isFalse();
    }
    assertThat(pool.jedisPool().getNumActive()).isZero();
  }

  @Test
  void aPoolLendsNothingFromTheSwapOnEvenIfItIsNotCutYet() {
    NodePool pool = pools.apply(says(NodeRole.MASTER)).get(node);
    pool.borrow().close();
    pools.apply(says(NodeRole.REPLICA));
    assertThatThrownBy(pool::borrow).isInstanceOf(LeaseFailedException.class);
    assertThatThrownBy(pool.jedisPool()::getResource).isInstanceOf(LeaseFailedException.class);
  }

  @Test
  void aBorrowedConnectionThatWasCutIsNeverOpenedAgain() {
    NodePool pool = pools.apply(says(NodeRole.MASTER)).get(node);
    Connection held = pool.borrow();
    pools.apply(says(NodeRole.REPLICA));
    Awaitility.await().until(() -> !held.isConnected());
    assertThatThrownBy(held::ping).isInstanceOf(LeaseFailedException.class);
    held.close();
  }

  /** Commons Pool's own methods, which any user of the pool can call. */
  @Test
  void everyWayOfGivingBackMakesRoomForTheNextBorrower() throws Exception {
    NodePool pool = pools.apply(says(NodeRole.MASTER)).get(node);
    for (int i = 0; i < 2 * pool.jedisPool().getMaxTotal(); i++) {
      pool.jedisPool().returnObject(pool.borrow());
      pool.jedisPool().invalidateObject(pool.borrow());
    }
    assertThat(pool.jedisPool().getNumActive()).isZero();
  }

  @Test
  void idleConnectionsAsOldAsADeadOneAreNotLent() {
    NodePool pool = pools.apply(says(NodeRole.MASTER)).get(node);
    Connection dead = pool.borrow();
    Connection neighbour = pool.borrow();
    neighbour.close();
    pool.distrustConnectionsAsOldAs(dead);
    try (Connection next = pool.borrow()) {
      assertThat(next).isNotSameAs(neighbour);
    }
    assertThat(neighbour.isConnected()).isFalse();
    dead.close();
  }

  @Test
  void poolsLiveAsLongAsTheirNodeKeepsItsRole() {
    NodePool first = pools.apply(says(NodeRole.MASTER)).get(node);
    assertThat(pools.apply(says(NodeRole.MASTER)).get(node)).isSameAs(first);
    NodeView silentMaster = new NodeView(node, NodeRole.MASTER, false, true, false);
    assertThat(pools.apply(says(silentMaster)).get(node)).isSameAs(first);

    NodePool asReplica = pools.apply(says(NodeRole.REPLICA)).get(node);
    assertThat(asReplica.generation()).isGreaterThan(first.generation());
    Awaitility.await().until(first::isRetired);

    NodeView silentReplica = new NodeView(node, NodeRole.REPLICA, false, true, false);
    assertThat(pools.apply(says(silentReplica))).isEmpty();
    Awaitility.await().until(asReplica::isRetired);
    NodePool again = pools.apply(says(NodeRole.REPLICA)).get(node);
    assertThat(again.generation()).isGreaterThan(asReplica.generation());
    assertThatThrownBy(first::borrow)
        .isInstanceOfSatisfying(
            LeaseFailedException.class,
            e -> assertThat(e.reason()).isEqualTo(LeaseFailedException.Reason.RETIRED));
  }

  @Test
  void closedPoolsMakeNoNewOnes() {
    pools.close();
    assertThat(pools.apply(says(NodeRole.MASTER))).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private static Map<NodeAddress, NodePool>[] oneTable() {
    return new Map[1];
  }

  private TopologySnapshot says(NodeRole role) {
    return says(role == NodeRole.MASTER ? NodeView.master(node) : NodeView.replica(node));
  }

  private TopologySnapshot says(NodeView view) {
    return new TopologySnapshot(new TopologySnapshot.Version(0, ++sequence), List.of(view));
  }
}
