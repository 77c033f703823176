package io.github.jedisfailover.client;

import static io.github.jedisfailover.testing.RedisServers.LOOPBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.ReplicaUnavailableException;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.resps.Tuple;

/** Which node runs what, on real servers that stay up. */
class RoutingIT {
  private static RedisServers servers;
  private static RedisGroup group;
  private static RedisNode master;
  private static RedisNode one;
  private static RedisNode two;

  @BeforeAll
  static void startServers() {
    servers = RedisServers.open();
    group = servers.group(2);
    master = group.nodes().get(0);
    one = group.nodes().get(1);
    two = group.nodes().get(2);
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @BeforeEach
  void empty() {
    master.command("FLUSHALL");
    waitForReplicas();
  }

  private static RedisFailoverClient.Builder client() {
    return RedisFailoverClient.builder()
        .nodes(master.address(), one.address(), two.address())
        .source(HandFedSource.of(master, one, two));
  }

  @Test
  void writesGoToTheMasterAndReadsTakeTurnsOverTheReplicas() {
    long before = reads(one) + reads(two);
    long atMaster = reads(master);
    try (RedisFailoverClient redis = client().build()) {
      redis.set("k", "v");
      waitForReplicas();
      for (int i = 0; i < 20; i++) {
        assertThat(redis.get("k")).isEqualTo("v");
      }
    }
    assertThat(reads(one) + reads(two) - before).isEqualTo(20);
    assertThat(reads(one)).isCloseTo(reads(two), org.assertj.core.data.Offset.offset(20L));
    assertThat(reads(master)).isEqualTo(atMaster);
  }

  @Test
  void replicasShareReadsEvenly() {
    long first = reads(one);
    long second = reads(two);
    try (RedisFailoverClient redis = client().readFrom(ReadFrom.REPLICA).build()) {
      IntStream.range(0, 10).forEach(i -> redis.get("k"));
    }
    assertThat(reads(one) - first).isEqualTo(5);
    assertThat(reads(two) - second).isEqualTo(5);
  }

  @Test
  void readsStayAtTheMasterWhenThePolicySaysSo() {
    long before = reads(master);
    try (RedisFailoverClient redis = client().readFrom(ReadFrom.MASTER).build()) {
      IntStream.range(0, 5).forEach(i -> redis.get("k"));
    }
    assertThat(reads(master) - before).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void aRedisClientWithOurPairDoesEverythingAPlainOneDoes(RedisProtocol protocol) {
    try (RedisFailover ha =
            RedisFailover.builder()
                .nodes(master.address(), one.address())
                .clientConfig(DefaultJedisClientConfig.builder().protocol(protocol).build())
                .source(HandFedSource.of(master, one, two))
                .build();
        RedisClient redis =
            RedisClient.builder()
                .clientConfig(ha.clientConfig())
                .connectionProvider(ha.connectionProvider())
                .commandExecutor(ha.commandExecutor())
                .build()) {
      redis.zadd("z", 1.5, "m");
      waitForReplicas();
      assertThat(redis.zrangeWithScores("z", 0, -1)).containsExactly(new Tuple("m", 1.5));

      try (Pipeline pipeline = redis.pipelined()) {
        Response<Long> counter = pipeline.incr("n");
        pipeline.sync();
        assertThat(counter.get()).isEqualTo(1);
      }
      try (var transaction = redis.multi()) {
        transaction.incr("n");
        assertThat(transaction.exec()).containsExactly(2L);
      }
      try (Connection connection = redis.getPool().getResource()) {
        assertThat(connection.ping()).isTrue();
        assertThat(redis.getPool().getNumActive()).isEqualTo(1);
      }
      assertThat(redis.getPool().getNumActive()).isZero();
    }
  }

  @Test
  void anIterationDeliversEachKeyOnce() {
    try (RedisFailoverClient redis = client().build()) {
      for (int i = 0; i < 500; i++) {
        redis.set("key:" + i, "v");
      }
      List<String> keys = new ArrayList<>();
      ScanIteration iteration = redis.scanIteration(50, "key:*");
      while (!iteration.isIterationCompleted()) {
        keys.addAll(iteration.nextBatchList());
      }
      assertThat(keys).hasSize(500).doesNotHaveDuplicates();
    }
  }

  @Test
  void theProtocolIsLearntOnceAndUsedForBoth() {
    try (RedisFailover ha =
        RedisFailover.builder()
            .nodes(new NodeAddress(LOOPBACK, servers.ports().any(LOOPBACK)), master.address())
            .source(HandFedSource.of(master))
            .build()) {
      assertThat(ha.clientConfig().getRedisProtocol()).isEqualTo(RedisProtocol.RESP3);
      try (Connection connection = ha.connectionProvider().getConnection()) {
        assertThat(connection.getRedisProtocol()).isEqualTo(RedisProtocol.RESP3);
      }
    }
  }

  @Test
  void withoutAnAnswerAtTheStartCommandsAndConnectionsAgreeOnResp2() {
    HandFedSource source = new HandFedSource();
    try (RedisFailoverClient redis =
        RedisFailoverClient.builder()
            .nodes(master.address())
            .source(source)
            .startTimeout(Duration.ZERO)
            .build()) {
      source.say(master);
      redis.zadd("z", 2.5, "m");
      assertThat(redis.zrangeWithScores("z", 0, -1)).containsExactly(new Tuple("m", 2.5));
    }
  }

  @Test
  void withoutAMasterTheStartFailsAndNamesTheNodes() {
    HandFedSource silent = new HandFedSource();
    assertThatThrownBy(
            () ->
                RedisFailoverClient.builder()
                    .nodes(master.address())
                    .source(silent)
                    .startTimeout(Duration.ofMillis(50))
                    .build())
        .isInstanceOf(MasterUnavailableException.class)
        .hasMessageContaining(master.address().toString())
        .hasMessageContaining("50 ms");
    assertThat(silent.closed).isTrue();
  }

  @Test
  void readsThatMayOnlyGoToReplicasFailWithTheirOwnTypeWhenThereIsNone() {
    try (RedisFailoverClient redis =
        RedisFailoverClient.builder()
            .nodes(master.address())
            .source(HandFedSource.of(master))
            .readFrom(ReadFrom.REPLICA)
            .callTimeout(Duration.ofMillis(100))
            .build()) {
      assertThatThrownBy(() -> redis.get("k"))
          .isInstanceOf(ReplicaUnavailableException.class)
          .hasMessageContaining("GET")
          .hasMessageNotContaining(" k ");
    }
  }

  private static void waitForReplicas() {
    group.awaitReplicated();
  }

  private static long reads(RedisNode redis) {
    Map<String, String> stats = redis.info("stats");
    return Long.parseLong(stats.get("keyspace_hits"))
        + Long.parseLong(stats.get("keyspace_misses"));
  }
}
