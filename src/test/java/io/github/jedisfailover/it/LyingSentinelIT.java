package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.RealSentinel;
import io.github.jedisfailover.testsupport.StaleVoter;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisSentinelClient;

/**
 * Two Redis Sentinels, and a third one that keeps announcing the old master: it moves Jedis' own
 * client back, and this one never.
 */
class LyingSentinelIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ANNOUNCEMENTS = 50;

  @ParameterizedTest(name = "config epoch {0}")
  @ValueSource(longs = {0, 1_000})
  void oneOfThreeMovesNothing(long epoch) throws IOException {
    assumeTrue(RealSentinel.version().isPresent(), "redis-sentinel is not installed");
    List<RealSentinel> real = new ArrayList<>();
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(2);
      RedisNode old = group.master();
      try (StaleVoter liar = new StaleVoter(LocalMonitors.NAME, old.address(), epoch)) {
        real.add(start(servers, old));
        real.add(start(servers, old));
        await("they know each other and the replicas")
            .atMost(PATIENCE)
            .until(
                () ->
                    real.stream()
                        .allMatch(
                            s -> sees(s, "num-slaves", 2) && sees(s, "num-other-sentinels", 1)));
        lie(group, old, real, liar);
      } finally {
        real.forEach(RealSentinel::close);
      }
    }
  }

  private static void lie(
      RedisGroup group, RedisNode old, List<RealSentinel> real, StaleVoter liar) {
    List<NodeAddress> three = List.of(real.get(0).address(), real.get(1).address(), liar.address());
    List<NodeAddress> masters = new CopyOnWriteArrayList<>();
    try (RedisFailoverClient ours = ours(three, masters);
        RedisSentinelClient jedis = jedis(three)) {
      assertThat(ours.set("k", "before")).isEqualTo("OK");
      real.get(0).command("SENTINEL", "FAILOVER", LocalMonitors.NAME);
      RedisNode now = group.awaitMasterOtherThan(old);
      await("ours follows")
          .atMost(PATIENCE)
          .until(() -> Stage.knows(ours.topology(), now) && ours.set("k", "after").equals("OK"));
      int known = masters.size();
      for (int i = 0; i < ANNOUNCEMENTS; i++) {
        liar.announce();
        assertThat(ours.incr("writes")).isEqualTo(i + 1);
      }
      HostAndPort liarsMaster = new HostAndPort(old.address().host(), old.address().port());
      await("Jedis' own client is moved back")
          .atMost(PATIENCE)
          .until(
              () -> {
                liar.announce();
                return jedis.getCurrentMaster().equals(liarsMaster);
              });
      int asked = liar.questions();
      await("ours has asked the liar again")
          .atMost(PATIENCE)
          .until(
              () -> {
                liar.announce();
                ours.incr("more");
                return liar.questions() > asked;
              });
      assertThat(masters.subList(known, masters.size()))
          .as("masters after the failover")
          .allMatch(now.address()::equals);
      assertThat(Stage.knows(ours.topology(), now)).isTrue();
      assertThat(now.command("GET", "writes")).isEqualTo("" + ANNOUNCEMENTS);
    }
  }

  /** A client that starts while one of them lies. */
  @Test
  void oneOfThreeKeepsNobodyFromStarting() throws IOException {
    assumeTrue(RealSentinel.version().isPresent(), "redis-sentinel is not installed");
    List<RealSentinel> real = new ArrayList<>();
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(1);
      RedisNode master = group.master();
      NodeAddress replica = group.replicas().get(0).address();
      try (StaleVoter liar = new StaleVoter(LocalMonitors.NAME, replica, 1_000)) {
        real.add(start(servers, master));
        real.add(start(servers, master));
        List<NodeAddress> three =
            List.of(liar.address(), real.get(0).address(), real.get(1).address());
        try (RedisFailoverClient ours = ours(three, new ArrayList<>())) {
          assertThat(ours.set("k", "v")).isEqualTo("OK");
          assertThat(Stage.knows(ours.topology(), master)).isTrue();
        }
      } finally {
        real.forEach(RealSentinel::close);
      }
    }
  }

  private static RedisFailoverClient ours(List<NodeAddress> three, List<NodeAddress> masters) {
    return RedisFailoverClient.builder()
        .masterName(LocalMonitors.NAME)
        .sentinels(three.toArray(NodeAddress[]::new))
        .readFrom(ReadFrom.MASTER)
        .listener(
            new FailoverListener() {
              @Override
              public void onTopologyChanged(FailoverEvent.TopologyChanged event) {
                event.after().master().ifPresent(m -> masters.add(m.address()));
              }
            })
        .build();
  }

  private static RedisSentinelClient jedis(List<NodeAddress> three) {
    Set<HostAndPort> sentinels =
        three.stream().map(a -> new HostAndPort(a.host(), a.port())).collect(Collectors.toSet());
    return RedisSentinelClient.builder()
        .masterName(LocalMonitors.NAME)
        .sentinels(sentinels)
        .build();
  }

  private static RealSentinel start(RedisServers servers, RedisNode master) throws IOException {
    int port = servers.ports().any(RedisServers.LOOPBACK);
    Path directory = servers.scratch("sentinel-" + port);
    Path file = directory.resolve("sentinel.conf");
    String group = "sentinel %s " + LocalMonitors.NAME + " ";
    Files.writeString(
        file,
        String.join(
            "\n",
            "port " + port,
            "bind 127.0.0.1",
            "dir " + directory,
            group.formatted("monitor") + "127.0.0.1 " + master.port() + " 2",
            group.formatted("down-after-milliseconds") + "1000",
            group.formatted("failover-timeout") + "5000",
            ""));
    return RealSentinel.start(file, port);
  }

  private static boolean sees(RealSentinel sentinel, String field, int number) {
    return sentinel.master(LocalMonitors.NAME, field).equals("" + number);
  }
}
