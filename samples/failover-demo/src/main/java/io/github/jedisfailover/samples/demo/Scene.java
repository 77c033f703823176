package io.github.jedisfailover.samples.demo;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.LocalVoter;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.ReplicatedRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.ConnectionPoolConfig;

/** The tutorial's scene: a master, two replicas, three monitors and one application. */
final class Scene implements AutoCloseable {
  private static final int FIRST_NODE = 7000;
  private static final int FIRST_VOTER = 26379;
  private static final int QUORUM = 2;

  private final Screen screen;
  private final ReplicatedRedis redis;
  private final RedisFailoverClient client;

  private Scene(Screen screen, ReplicatedRedis redis, RedisFailoverClient client) {
    this.screen = screen;
    this.redis = redis;
    this.client = client;
  }

  static Scene open(Screen screen, Timeline timeline, Options options) {
    ReplicatedRedis redis =
        ReplicatedRedis.builder()
            .preferredPorts(FIRST_NODE, FIRST_VOTER)
            .quorum(QUORUM)
            .downAfter(Duration.ofMillis(options.downAfterMillis()))
            .listener(timeline.monitors())
            .start();
    try {
      screen.say("redis-server " + redis.binary().version() + ", " + redis.binary().origin());
      return new Scene(screen, redis, client(redis, timeline));
    } catch (RuntimeException | Error e) {
      redis.close();
      throw e;
    }
  }

  /** In one JVM with the first monitor, as an application that is a voter. */
  private static RedisFailoverClient client(ReplicatedRedis redis, Timeline timeline) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(4 * Load.THREADS);
    pool.setMaxIdle(4 * Load.THREADS);
    return RedisFailoverClient.builder()
        .masterName(redis.masterName())
        .clientName("demo")
        .nodes(redis.group().addresses())
        .poolConfig(pool)
        .monitor(redis.monitors().get(0).monitor())
        .listener(timeline.client())
        .build();
  }

  RedisFailoverClient client() {
    return client;
  }

  RedisGroup group() {
    return redis.group();
  }

  List<RedisNode> nodes() {
    return redis.nodes();
  }

  /** Who is there, as the servers themselves say. */
  void printTopology() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("what", "address", "role", "link", "pid"));
    for (RedisNode node : redis.nodes()) {
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
    for (LocalVoter voter : redis.monitors()) {
      String quorum = "quorum " + QUORUM + " of " + redis.monitors().size();
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
    client.close();
    redis.close();
  }
}
