package io.github.jedisfailover.samples.demo;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.ConnectionPoolConfig;

/** The tutorial's scene: a master, two replicas, three monitors and one application. */
final class Scene implements AutoCloseable {
  private static final String NAME = "mymaster";
  private static final int FIRST_NODE = 7000;
  private static final int FIRST_VOTER = 26379;
  private static final int QUORUM = 2;

  private final Screen screen;
  private final RedisServers servers;
  private final RedisGroup group;
  private final NodeAddress[] voters;
  private final List<EmbeddedMonitor> monitors = new ArrayList<>();
  private RedisFailoverClient client;

  private Scene(Screen screen, RedisServers servers) {
    this.screen = screen;
    this.servers = servers;
    this.group = servers.group(addresses(servers, FIRST_NODE));
    this.voters = addresses(servers, FIRST_VOTER);
  }

  static Scene open(Screen screen, Timeline timeline, Options options) {
    RedisServers servers = RedisServers.open();
    Scene scene = null;
    try {
      screen.say("redis-server " + servers.binary().version() + ", " + servers.binary().origin());
      scene = new Scene(screen, servers);
      scene.startMonitors(timeline, options);
      scene.startClient(timeline);
      return scene;
    } catch (RuntimeException | Error e) {
      if (scene == null) {
        servers.close();
      } else {
        scene.close();
      }
      throw e;
    }
  }

  private static NodeAddress[] addresses(RedisServers servers, int firstPort) {
    NodeAddress[] addresses = new NodeAddress[3];
    for (int i = 0; i < addresses.length; i++) {
      int port = servers.ports().preferably(RedisServers.LOOPBACK, firstPort + i);
      addresses[i] = new NodeAddress(RedisServers.LOOPBACK, port);
    }
    return addresses;
  }

  private void startMonitors(Timeline timeline, Options options) {
    for (NodeAddress voter : voters) {
      MonitorConfig config =
          MonitorConfig.builder()
              .voters(voters)
              .listen(voter)
              .quorum(QUORUM)
              .downAfter(Duration.ofMillis(options.downAfterMillis()))
              .failoverTimeout(Duration.ofSeconds(10))
              .stateDirectory(servers.scratch("voter-" + voter.port()))
              .build();
      String label = "monitor " + voter.port();
      monitors.add(
          EmbeddedMonitor.start(config, List.of(timeline.monitor(label)), FailoverMetrics.NONE));
    }
    // The first one watches for the application, which brings its group along.
    FailoverConfig watched =
        FailoverConfig.builder().masterName(NAME).nodes(group.addresses()).build();
    monitors.stream().skip(1).forEach(m -> m.watch(watched));
  }

  private void startClient(Timeline timeline) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(4 * Load.THREADS);
    pool.setMaxIdle(4 * Load.THREADS);
    client =
        RedisFailoverClient.builder()
            .masterName(NAME)
            .clientName("demo")
            .nodes(group.addresses())
            .poolConfig(pool)
            .monitor(monitors.get(0))
            .listener(timeline.client())
            .build();
  }

  RedisFailoverClient client() {
    return client;
  }

  RedisGroup group() {
    return group;
  }

  RedisServers servers() {
    return servers;
  }

  /** Who is there, as the servers themselves say. */
  void printTopology() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("what", "address", "role", "link", "pid"));
    for (RedisNode node : group.nodes()) {
      Map<String, String> info = node.info("replication");
      boolean master = "master".equals(info.get("role"));
      String link = master ? info.get("connected_slaves") + " replicas" : link(info);
      rows.add(
          List.of(
              "redis-server",
              node.toString(),
              master ? "master" : "replica",
              link,
              node.info("server").get("process_id")));
    }
    for (NodeAddress voter : voters) {
      String quorum = "quorum " + QUORUM + " of " + voters.length;
      rows.add(List.of("monitor", voter.toString(), "voter", quorum, "this JVM"));
    }
    screen.table(rows);
  }

  private static String link(Map<String, String> info) {
    return info.get("master_link_status") + " to " + info.get("master_port");
  }

  /** Closes client, monitors and servers, in this order. */
  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
    for (int i = monitors.size() - 1; i >= 0; i--) {
      monitors.get(i).close();
    }
    servers.close();
  }
}
