package io.github.jedisfailover.testing.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.it.Workload;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Groups in containers, killed, frozen and started again under load. */
class ReplicationContainersIT {
  private static final int THREADS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @BeforeAll
  static void engine() {
    Engine.assume();
  }

  @Test
  void monitorsInThisJvmReplaceAKilledMasterAndAFrozenOne() {
    try (RedisReplicationContainers group =
        new RedisReplicationContainers().withPassword("s\"c\\r t").withMasterName("orders")) {
      group.start();
      try (RedisFailoverClient redis = group.client();
          Workload load = load(redis)) {
        load.awaitMore(100);
        ContainerNode first = group.master();
        first.kill();
        ContainerNode second = awaitOther(group, redis, first);
        load.awaitMore(100);
        first.restart();
        awaitComplete(redis, second, 2);

        second.pause();
        ContainerNode third = awaitOther(group, redis, second);
        load.awaitMore(100);
        second.unpause();
        awaitComplete(redis, third, 2);

        load.close();
        assertThat(load.failures()).isEmpty();
        assertThat(load.unknown()).as("one per thread and death").isLessThanOrEqualTo(2 * THREADS);
      }
    }
  }

  @Test
  void sentinelsInContainersReplaceAKilledMaster() {
    try (RedisReplicationContainers group =
        new RedisReplicationContainers().withReplicas(1).withSentinels(3).withPassword("secret")) {
      group.start();
      try (RedisFailoverClient redis = group.client();
          Workload load = load(redis)) {
        load.awaitMore(100);
        ContainerNode first = group.master();
        first.kill();
        ContainerNode second = awaitOther(group, redis, first);
        load.awaitMore(100);
        assertThat(group.master()).isSameAs(second);
        group.sentinels().get(0).kill();
        load.awaitMore(100);

        load.close();
        assertThat(load.failures()).isEmpty();
        assertThat(load.unknown()).isLessThanOrEqualTo(THREADS);
        assertThat(group.monitors()).isEmpty();
      }
    }
  }

  @Test
  void aRestartedNodeIsFoundWhereverItIsPublishedNow() {
    try (RedisReplicationContainers group =
        new RedisReplicationContainers().withReplicas(1).withStaticNodes()) {
      group.start();
      ContainerNode first = group.master();
      ContainerNode replica = group.replicas().get(0);
      try (RedisFailoverClient redis = group.clientBuilder().readFrom(ReadFrom.REPLICA).build()) {
        redis.set("k", "v");
        await("copied").atMost(PATIENCE).until(() -> "v".equals(redis.get("k")));
        replica.restart();
        awaitComplete(redis, first, 1);
        assertThat(redis.get("k")).isEqualTo("v");

        redis.promote(replica.address());
        assertThat(group.master()).isSameAs(replica);
        assertThat(redis.set("k", "w")).isEqualTo("OK");
        awaitComplete(redis, replica, 1);
        assertThat(group.node(first.address())).isSameAs(first);
      }
    }
  }

  private static Workload load(RedisFailoverClient redis) {
    return Workload.start(
        "containers", THREADS, (thread, turn) -> redis.set("k" + thread, "" + turn));
  }

  private static ContainerNode awaitOther(
      RedisReplicationContainers group, RedisFailoverClient redis, ContainerNode old) {
    return await("another master than " + old)
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(
            () -> master(redis).filter(m -> !m.equals(old.address())).map(group::node).orElse(null),
            node -> node != null);
  }

  private static void awaitComplete(RedisFailoverClient redis, ContainerNode master, int replicas) {
    await(replicas + " fit replicas of " + master)
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(() -> complete(redis, master, replicas));
  }

  private static boolean complete(RedisFailoverClient redis, ContainerNode master, int replicas) {
    return master(redis).filter(master.address()::equals).isPresent()
        && redis.topology().current().replicas().stream().filter(NodeView::fitForReads).count()
            == replicas;
  }

  private static Optional<NodeAddress> master(RedisFailoverClient redis) {
    return redis.topology().current().master().map(NodeView::address);
  }
}
