package io.github.jedisfailover.foreign;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Three embedded monitors and no Sentinel: every client finds the master through them and follows
 * each failover. What arrived is asked of the master itself. {@code -Dfailovers=3} for more.
 */
class ForeignClientsIT {
  private static final int FAILOVERS = Integer.getInteger("failovers", 1);
  private static final Duration DOWN_AFTER = Duration.ofSeconds(1);

  /** Redisson looks for new replicas and masters at its own slow pace. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int STEPS = 3;

  private static RedisServers servers;
  private static RedisGroup group;
  private static LocalMonitors monitors;

  @BeforeAll
  static void start() {
    servers = RedisServers.open();
    group = servers.group(2);
    monitors = LocalMonitors.start(servers, group, DOWN_AFTER);
    monitors.awaitAgreement(group, group.master()).awaitVotes();
  }

  @AfterAll
  static void stop() {
    if (monitors != null) {
      monitors.close();
    }
    if (servers != null) {
      servers.close();
    }
  }

  static Stream<Client> clients() {
    return Stream.concat(Stream.of(JavaClient.values()), Stream.of(ScriptClient.values()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void followsEveryFailover(Client client) {
    String missing = client.missing();
    assumeTrue(missing.isEmpty(), "skipped: " + missing);
    String key = "counter-" + client;
    Client.Place place =
        new Client.Place(
            monitors.addresses(), LocalMonitors.NAME, key, servers.scratch("client-" + client));
    List<Long> millis = new ArrayList<>();
    try (Client.Loop loop = client.start(place)) {
      awaitProgress(loop, group.master(), key);
      for (int i = 0; i < FAILOVERS; i++) {
        RedisNode old = group.master();
        long start = System.nanoTime();
        old.kill();
        RedisNode master = group.awaitMasterOtherThan(old);
        awaitProgress(loop, master, key);
        millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
        old.startAsReplicaOf(master);
        group.awaitInSync(master);
        monitors.awaitAgreement(group, master);
      }
    }
    System.out.printf("%s: %d failovers, ms from kill to work %s%n", client, FAILOVERS, millis);
  }

  /** Waits until the client has counted on through this node. */
  private static void awaitProgress(Client.Loop loop, RedisNode master, String key) {
    long before = count(master, key);
    try {
      await("the client counts on at " + master)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(JedisException.class)
          .until(() -> count(master, key) >= before + STEPS);
    } catch (ConditionTimeoutException e) {
      fail(e.getMessage() + "; the client: " + loop.complaints(), e);
    }
  }

  private static long count(RedisNode node, String key) {
    Object value = node.command("GET", key);
    return value == null ? 0 : Long.parseLong(value.toString());
  }
}
