package io.github.jedisfailover;

import static io.github.jedisfailover.testing.RedisServers.LOOPBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.runtime.EventDispatcher;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import io.github.jedisfailover.topology.TopologySource;
import io.github.jedisfailover.topology.TopologyView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Three monitors in one JVM, one master and two replicas as real servers. */
class EmbeddedMonitorsIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<EmbeddedMonitor> monitors = new ArrayList<>();
  private final List<TopologyView> views = new ArrayList<>();
  private RedisServers servers;
  private RedisNode first;
  private NodeAddress[] voters;
  private FailoverConfig group;

  @BeforeEach
  void start() {
    servers = RedisServers.open();
    RedisGroup nodes = servers.group(2);
    first = nodes.master();
    voters =
        Stream.generate(() -> new NodeAddress(LOOPBACK, servers.ports().any(LOOPBACK)))
            .limit(3)
            .toArray(NodeAddress[]::new);
    group = FailoverConfig.builder().nodes(nodes.addresses()).build();
    for (NodeAddress voter : voters) {
      EmbeddedMonitor monitor =
          EmbeddedMonitor.start(config().listen(voter).build(), List.of(), FailoverMetrics.NONE);
      monitors.add(monitor);
      views.add(monitor.watch(group));
    }
    awaitAll(first.address(), 2);
    // a replica that has copied nothing at all is never promoted
    first.command("SET", "written", "before");
    nodes.awaitReplicated();
  }

  private MonitorConfig.Builder config() {
    return MonitorConfig.builder()
        .voters(voters)
        .quorum(2)
        .downAfter(Duration.ofMillis(1000))
        .failoverTimeout(Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    monitors.forEach(EmbeddedMonitor::close);
    servers.close();
  }

  private void awaitAll(NodeAddress master, int fitReplicas) {
    for (TopologyView view : views) {
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> {
                assertThat(masterOf(view.current())).isEqualTo(master);
                assertThat(view.current().replicas().stream().filter(NodeView::fitForReads))
                    .hasSize(fitReplicas);
              });
    }
  }

  private static NodeAddress masterOf(TopologySnapshot snapshot) {
    return snapshot.master().map(NodeView::address).orElse(null);
  }

  @Test
  void allAgreeOnANewMasterAfterAKillAndTheOldOneReturnsAsReplica() {
    RedisNode old = first;
    old.kill();
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(views.stream().map(v -> masterOf(v.current())).distinct())
                    .hasSize(1)
                    .doesNotContain(old.address()));
    NodeAddress master = masterOf(views.get(0).current());
    awaitAll(master, 1);

    Set<HostAndPort> sentinels =
        Set.of(voters).stream()
            .map(v -> new HostAndPort(v.host(), v.port()))
            .collect(Collectors.toSet());
    try (RedisSentinelClient jedis =
        RedisSentinelClient.builder().masterName("mymaster").sentinels(sentinels).build()) {
      assertThat(jedis.getCurrentMaster().getPort()).isEqualTo(master.port());
      assertThat(jedis.set("k", "v")).isEqualTo("OK");
    }

    old.start();
    await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(JedisException.class) // the change cuts all connections
        .until(() -> old.role().equals("slave"));
    awaitAll(master, 2);
  }

  /** A voter without memory stores nothing, and says so, until it may vote. */
  private void awaitVotes() {
    for (NodeAddress voter : voters) {
      try (Jedis jedis = new Jedis(voter.host(), voter.port())) {
        await()
            .atMost(LONG)
            .ignoreExceptionsInstanceOf(JedisDataException.class)
            .until(() -> jedis.sendCommand(Protocol.Command.SENTINEL, "FLUSHCONFIG") != null);
      }
    }
  }

  /** Sentinel would let it empty its replicas: to it the master was never away. */
  @Test
  void aMasterThatReturnsEmptyIsReplacedBeforeItEmptiesItsReplicas() {
    awaitVotes();
    first.kill();
    first.start();
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(views.stream().map(v -> masterOf(v.current())).distinct())
                    .hasSize(1)
                    .doesNotContain(first.address()));
    awaitAll(masterOf(views.get(0).current()), 2);
    assertThat(first.command("GET", "written"))
        .as("copied from the new master")
        .isEqualTo("before");
  }

  @Test
  void anOperatorMovesTheMaster() {
    awaitVotes();
    try (Jedis voter = new Jedis(voters[0].host(), voters[0].port())) {
      assertThat(voter.sentinelFailover("mymaster")).isEqualTo("OK");
    }
    await().atMost(LONG).until(() -> !first.address().equals(masterOf(views.get(2).current())));
    awaitAll(masterOf(views.get(0).current()), 2);
    assertThat(first.role()).isEqualTo("slave");
  }

  @Test
  void anObserverFollowsTheVotersToTheNewMaster() {
    List<TopologySnapshot> heard = new CopyOnWriteArrayList<>();
    try (EventDispatcher events = new EventDispatcher("test", List.of());
        TopologySource observer =
            EmbeddedMonitor.sourceFor(group, config().build(), events, FailoverMetrics.NONE)) {
      observer.start(heard::add);
      NodeAddress old = first.address();
      await().atMost(LONG).until(() -> !heard.isEmpty() && old.equals(masterOf(last(heard))));

      first.kill();
      await()
          .atMost(LONG)
          .until(() -> masterOf(last(heard)) != null && !masterOf(last(heard)).equals(old));

      await()
          .atMost(LONG)
          .untilAsserted(
              () -> assertThat(masterOf(last(heard))).isEqualTo(masterOf(views.get(0).current())));
      assertThat(heard)
          .as("versions rise")
          .isSortedAccordingTo((a, b) -> a.version().compareTo(b.version()));
    }
  }

  private static TopologySnapshot last(List<TopologySnapshot> heard) {
    return heard.get(heard.size() - 1);
  }
}
