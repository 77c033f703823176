package io.github.jedisfailover.sentinel;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.monitor.conf.ConfException;
import io.github.jedisfailover.internal.monitor.conf.ConfReader;
import io.github.jedisfailover.internal.monitor.conf.SentinelConf;
import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.Departures;
import io.github.jedisfailover.internal.monitor.net.ConfFile;
import io.github.jedisfailover.internal.monitor.net.ConfSurroundings;
import io.github.jedisfailover.internal.monitor.net.ListenException;
import io.github.jedisfailover.internal.monitor.net.SentinelHost;
import io.github.jedisfailover.internal.monitor.net.SentinelRuntime;
import io.github.jedisfailover.internal.monitor.tls.ProcessTls;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.RealSentinel;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;

/**
 * A master and a replica, watched by a real Sentinel and by both forms of our monitor. None of them
 * may publish on the nodes: each would hear of the others and count them.
 */
final class Sides implements AutoCloseable {
  private static final String NAME = "mymaster";
  private static final String MUTE = "mute";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RedisServers servers;
  private final RedisNode master;
  private final RedisNode replica;
  private RealSentinel sentinel;
  private SentinelRuntime process;
  private EmbeddedMonitor embedded;
  private Side theirs;
  private Side standAlone;
  private Side inApplication;

  private Sides(RedisServers servers) {
    this.servers = servers;
    String host = RedisServers.LOOPBACK;
    master = servers.start();
    replica = servers.start("--replicaof", host, Integer.toString(master.port()));
    mute(master);
    mute(replica);
  }

  static Sides open(RedisServers servers) {
    Sides sides = new Sides(servers);
    try {
      sides.theirs = sides.side(sides.startSentinel());
      sides.standAlone = sides.side(sides.startProcess());
      sides.inApplication = sides.side(sides.startEmbedded());
      return sides;
    } catch (IOException e) {
      sides.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      sides.close();
      throw e;
    }
  }

  /** {@code redis-sentinel}. */
  Side theirs() {
    return theirs;
  }

  /** A monitor as a process of its own; here in this JVM. */
  Side standAlone() {
    return standAlone;
  }

  /** A monitor as part of an application. */
  Side inApplication() {
    return inApplication;
  }

  private static void mute(RedisNode node) {
    HostAndPort at = new HostAndPort(node.address().host(), node.address().port());
    try (Jedis jedis = new Jedis(at)) {
      jedis.aclSetUser(MUTE, "on", ">x", "~*", "&*", "+@all", "-publish");
    }
    try (Jedis jedis =
        new Jedis(at, DefaultJedisClientConfig.builder().user(MUTE).password("x").build())) {
      jedis.publish("x", "y");
    } catch (JedisAccessControlException e) {
      return; // INFO now counts this kind of error, whoever asks first
    }
    throw new IllegalStateException(node + " lets " + MUTE + " publish");
  }

  private NodeAddress freeAddress() {
    return new NodeAddress(RedisServers.LOOPBACK, servers.ports().any(RedisServers.LOOPBACK));
  }

  private Path file(NodeAddress at) throws IOException {
    Path directory = servers.scratch("sentinel-" + at.port());
    List<String> lines =
        List.of(
            "bind " + at.host(),
            "port " + at.port(),
            "dir " + directory,
            "sentinel monitor " + NAME + " " + at.host() + " " + master.port() + " 1",
            "sentinel down-after-milliseconds " + NAME + " 60000",
            "sentinel auth-user " + NAME + " " + MUTE,
            "sentinel auth-pass " + NAME + " x");
    return Files.write(directory.resolve("sentinel.conf"), lines);
  }

  private NodeAddress startSentinel() throws IOException {
    NodeAddress at = freeAddress();
    sentinel = RealSentinel.start(file(at), at.port());
    return at;
  }

  private NodeAddress startProcess() throws IOException {
    NodeAddress at = freeAddress();
    Path file = file(at);
    try {
      String text = new ConfFile(file).read();
      ConfSurroundings around = new ConfSurroundings(file.getParent());
      SentinelConf conf = ConfReader.read(text, "", around);
      process = SentinelRuntime.open(conf, file, new Quiet(), ProcessTls.NONE, Departures.ALL);
    } catch (ConfException | ListenException e) {
      throw new IllegalStateException(e);
    }
    process.start();
    return at;
  }

  private NodeAddress startEmbedded() {
    NodeAddress at = freeAddress();
    MonitorConfig config =
        MonitorConfig.builder().voters(at).listen(at).downAfter(Duration.ofSeconds(60)).build();
    embedded = EmbeddedMonitor.start(config, List.of(), FailoverMetrics.NONE);
    embedded.watch(
        FailoverConfig.builder()
            .masterName(NAME)
            .nodes(master.address())
            .clientConfig(DefaultJedisClientConfig.builder().user(MUTE).password("x").build())
            .build());
    return at;
  }

  private Side side(NodeAddress address) {
    Map<String, String> places = new HashMap<>();
    places.put("port", Integer.toString(address.port()));
    places.put("master", Integer.toString(master.port()));
    places.put("replica", Integer.toString(replica.port()));
    Side fresh = new Side(address, places, new Normaliser(Map.of()));
    await("ready: " + address).atMost(PATIENCE).ignoreExceptions().until(() -> isReady(fresh));
    String id = fresh.answer(Row.parse("exact | SENTINEL MYID")).substring(1);
    places.put("myid", id);
    Map<String, String> own = Map.of(places.get("port"), "<port>", id, "<myid>");
    return new Side(address, places, new Normaliser(own));
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

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
    if (process != null) {
      process.close();
    }
    if (sentinel != null) {
      sentinel.close();
    }
  }

  /** Nobody reads its log here, and no row ends it. */
  private static final class Quiet implements SentinelHost {
    @Override
    public void log(CoreAction.Level level, String text) {}

    @Override
    public void showFrom(String name) {}

    @Override
    public void crash(int status) {
      throw new IllegalStateException("asked to crash with " + status);
    }

    @Override
    public void end() {}
  }
}
