package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.SlowLink;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** Which node serves a view; each node has an address of its own. */
class ReadingViewsIT {
  private static RedisServers servers;
  private static RedisGroup group;
  private static RedisNode master;
  private static RedisNode one;
  private static RedisNode two;

  @BeforeAll
  static void startServers() {
    servers = RedisServers.open();
    group =
        servers.group(
            Stream.of("127.0.1.1", "127.0.2.1", "127.0.2.2")
                .map(host -> new NodeAddress(host, servers.ports().any(host)))
                .toArray(NodeAddress[]::new));
    master = group.nodes().get(0);
    one = group.nodes().get(1);
    two = group.nodes().get(2);
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  private static RedisFailoverClient client() {
    return RedisFailoverClient.builder()
        .nodes(group.addresses())
        .source(HandFedSource.of(master, one, two))
        .build();
  }

  /** Reads ten times and tells how many each node served: master, one, two. */
  private static List<Long> served(UnifiedJedis redis) {
    List<Long> before = gets();
    for (int i = 0; i < 10; i++) {
      redis.get("k");
    }
    List<Long> after = gets();
    return Stream.of(0, 1, 2).map(i -> after.get(i) - before.get(i)).toList();
  }

  private static List<Long> gets() {
    return Stream.of(master, one, two).map(n -> n.calls("get")).toList();
  }

  @Test
  void aViewReadsElsewhereOverTheSamePools() {
    try (RedisFailoverClient redis = client()) {
      assertThat(served(redis.reading(ReadFrom.MASTER))).containsExactly(10L, 0L, 0L);
      assertThat(served(redis)).containsExactly(0L, 5L, 5L);
      assertThat(served(redis.reading(ReadFrom.REPLICA))).containsExactly(0L, 5L, 5L);
      redis.reading(ReadFrom.MASTER).close();
      assertThat(redis.reading(ReadFrom.MASTER).set("k", "v")).isEqualTo("OK");
      assertThat(connections(master)).as("one pool").isEqualTo(1);
    }
  }

  private static long connections(RedisNode node) {
    return node.command("CLIENT", "LIST", "TYPE", "normal")
        .toString()
        .lines()
        .filter(line -> line.contains(" cmd=get ") || line.contains(" cmd=set "))
        .count();
  }

  @Test
  void nodesOfTheSubnetComeFirst() {
    try (RedisFailoverClient redis = client()) {
      assertThat(served(redis.reading(ReadFrom.subnet("127.0.1.0/24"))))
          .containsExactly(10L, 0L, 0L);
      assertThat(served(redis.reading(ReadFrom.subnet("127.0.2.0/24"))))
          .containsExactly(0L, 5L, 5L);
      assertThat(served(redis.reading(ReadFrom.REPLICA.inSubnet("127.0.2.2/32"))))
          .containsExactly(0L, 0L, 10L);
      assertThat(served(redis.reading(ReadFrom.REPLICA.inSubnet("10.0.0.0/8"))))
          .as("none is near")
          .containsExactly(0L, 5L, 5L);
      ReadFrom zone = ReadFrom.zone("b", Map.of(one.address(), "a", two.address(), "b"));
      assertThat(served(redis.reading(zone))).containsExactly(0L, 0L, 10L);
    }
  }

  @Test
  void aRedisClientReadsElsewhereWithAnotherExecutor() {
    try (RedisFailover ha =
            RedisFailover.builder()
                .nodes(group.addresses())
                .source(HandFedSource.of(master, one, two))
                .build();
        RedisClient redis =
            RedisClient.builder()
                .clientConfig(ha.clientConfig())
                .connectionProvider(ha.connectionProvider())
                .commandExecutor(ha.commandExecutor(ReadFrom.MASTER))
                .build()) {
      assertThat(served(redis)).containsExactly(10L, 0L, 0L);
    }
  }

  @Test
  void theFastestNodeServesAndWhenItIsGoneTheNext() {
    try (SlowLink far = SlowLink.to(master, Duration.ofMillis(20));
        SlowLink near = SlowLink.to(one, Duration.ofMillis(8))) {
      HandFedSource source = new HandFedSource();
      List<NodeView> all =
          List.of(
              NodeView.master(far.address()),
              NodeView.replica(near.address()),
              NodeView.replica(two.address()));
      source.say(all);
      try (RedisFailoverClient redis =
          RedisFailoverClient.builder()
              .nodes(far.address())
              .source(source)
              .readFrom(ReadFrom.LOWEST_LATENCY)
              .build()) {
        await().until(() -> served(redis).equals(List.of(0L, 0L, 10L)));
        source.say(all.subList(0, 2));
        await().until(() -> served(redis).equals(List.of(0L, 10L, 0L)));
        near.delay(Duration.ofMillis(60));
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> served(redis).equals(List.of(10L, 0L, 0L)));
      }
    }
  }

  @Test
  void viewsAndSessionsAreCheapToMake() {
    try (RedisFailoverClient redis = client()) {
      int count = 50_000;
      long took = 0;
      for (int round = 0; round < 2; round++) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
          redis.reading(ReadFrom.MASTER);
          redis.session();
        }
        took = System.nanoTime() - start;
      }
      System.out.printf("a view and a session: %d ns%n", took / count);
      assertThat(Duration.ofNanos(took / count)).isLessThan(Duration.ofMillis(1));
    }
  }

  @Test
  void nothingIsProbedUntilSomebodyNeedsIt() {
    try (RedisFailoverClient redis = client()) {
      served(redis);
      served(redis.reading(ReadFrom.MASTER));
      assertThat(probes()).isZero();
      redis.reading(ReadFrom.REPLICA.within(Duration.ofSeconds(1))).get("k");
      assertThat(probes()).isEqualTo(3);
    }
    await().until(() -> probes() == 0);
  }

  private static long probes() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().contains("-probe-"))
        .count();
  }
}
