package io.github.jedisfailover.sentinel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.testsupport.RedisNode;
import io.github.jedisfailover.testsupport.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/**
 * The contract: a monitor answers byte for byte as {@code redis-sentinel} 7.0.15 does. Both watch
 * the same master and get the same requests.
 */
class SentinelRepliesIT {
  private static final String VERSION = "7.0.15";
  private static final String NAME = "mymaster";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int READ_MILLIS = 10_000;

  private static RedisServers servers;
  private static RealSentinel sentinel;
  private static EmbeddedMonitor monitor;
  private static Side theirs;
  private static Side ours;

  /** One of the two servers. */
  private record Side(NodeAddress address, Map<String, String> places, Normaliser normaliser) {
    String answer(Row row) {
      return normaliser.text(exchange(address, row.bytes(places), row.ends()), row.how());
    }
  }

  @BeforeAll
  static void startBoth() {
    Optional<Path> binary = RealSentinel.binary();
    assumeTrue(binary.isPresent(), "no redis-sentinel on the PATH: the contract is not checked");
    servers = RedisServers.open();
    assumeTrue(
        servers.binary().version().equals(VERSION),
        "the contract is that of " + VERSION + ", here is " + servers.binary().version());
    RedisNode master = servers.start();
    String port = Integer.toString(master.address().port());
    RedisNode replica = servers.start("--replicaof", RedisServers.LOOPBACK, port);
    NodeAddress voter =
        new NodeAddress(RedisServers.LOOPBACK, servers.ports().any(RedisServers.LOOPBACK));
    muteTheMonitor(master);
    muteTheMonitor(replica);
    sentinel =
        RealSentinel.start(
            binary.get(),
            servers,
            List.of(
                "sentinel monitor mymaster 127.0.0.1 " + port + " 1",
                "sentinel down-after-milliseconds mymaster 60000"));
    monitor =
        EmbeddedMonitor.start(
            MonitorConfig.builder()
                .voters(voter)
                .listen(voter)
                .downAfter(Duration.ofSeconds(60))
                .build(),
            List.of(),
            FailoverMetrics.NONE);
    monitor.watch(
        FailoverConfig.builder()
            .masterName(NAME)
            .nodes(master.address())
            .clientConfig(DefaultJedisClientConfig.builder().user("mute").password("x").build())
            .build());
    theirs = side(sentinel.address, master, replica);
    ours = side(voter, master, replica);
  }

  /** Else the Sentinel would hear of the monitor and count it as a voter. */
  private static void muteTheMonitor(RedisNode node) {
    NodeAddress at = node.address();
    try (Jedis jedis = new Jedis(new HostAndPort(at.host(), at.port()))) {
      jedis.aclSetUser("mute", "on", ">x", "~*", "&*", "+@all", "-publish");
    }
  }

  private static Side side(NodeAddress address, RedisNode master, RedisNode replica) {
    Map<String, String> places = new HashMap<>();
    places.put("port", Integer.toString(address.port()));
    places.put("master", Integer.toString(master.address().port()));
    places.put("replica", Integer.toString(replica.address().port()));
    Side fresh = new Side(address, places, new Normaliser(Map.of()));
    await("ready: " + address).atMost(PATIENCE).ignoreExceptions().until(() -> isReady(fresh));
    String id = fresh.answer(Row.parse("exact | SENTINEL MYID")).substring(1);
    places.put("myid", id);
    return new Side(
        address, places, new Normaliser(Map.of(places.get("port"), "<port>", id, "<myid>")));
  }

  private static boolean isReady(Side side) {
    String replicas = side.answer(Row.parse("exact | SENTINEL REPLICAS mymaster"));
    String master = side.answer(Row.parse("exact | SENTINEL MASTER mymaster"));
    return replicas.startsWith("*1[")
        && replicas.contains("$master-link-status, $ok")
        && replicas.contains("$flags, $slave,")
        && !replicas.contains("$runid, $,")
        && master.contains("$flags, $master,")
        && !master.contains("$runid, $,");
  }

  @AfterAll
  static void stopBoth() {
    if (monitor != null) {
      monitor.close();
    }
    if (sentinel != null) {
      sentinel.close();
    }
    if (servers != null) {
      servers.close();
    }
  }

  /** All bytes that come back; ends the own side first unless the server has to do that. */
  private static byte[] exchange(NodeAddress address, byte[] requests, boolean serverEnds) {
    try (Socket socket = new Socket(address.host(), address.port())) {
      socket.setSoTimeout(READ_MILLIS);
      socket.getOutputStream().write(requests);
      if (!serverEnds) {
        socket.shutdownOutput();
      }
      return readAll(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What came before a reset counts: Redis closes with unread bytes. */
  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[16_384];
    try {
      int length = in.read(buffer);
      while (length >= 0) {
        out.write(buffer, 0, length);
        length = in.read(buffer);
      }
    } catch (SocketException reset) {
      return out.toByteArray();
    }
    return out.toByteArray();
  }

  private static List<Row> rows(String file) {
    try (InputStream in = SentinelRepliesIT.class.getResourceAsStream("/sentinel/" + file)) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(l -> !l.isBlank() && !l.startsWith("#"))
          .map(Row::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Row> same() {
    return rows("same.txt");
  }

  static List<Row> pending() {
    return rows("pending.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("same")
  void answersAsSentinel(Row row) {
    assertThat(ours.answer(row)).isEqualTo(theirs.answer(row));
  }

  @Test
  void theTableIsLongEnough() {
    assertThat(same().size() + pending().size()).isGreaterThanOrEqualTo(120);
    assertThat(same().stream().map(Row::requests)).doesNotHaveDuplicates();
  }

  /** A row that has become equal belongs into the other file. */
  @ParameterizedTest(name = "pending: {0}")
  @MethodSource("pending")
  void isNotEqualYet(Row row) {
    String real = theirs.answer(row);
    String own = ours.answer(row);
    System.out.println("PENDING " + row + "\n  sentinel " + real + "\n  monitor  " + own);
    assertThat(own).as("equal now: move the row to same.txt").isNotEqualTo(real);
  }
}
