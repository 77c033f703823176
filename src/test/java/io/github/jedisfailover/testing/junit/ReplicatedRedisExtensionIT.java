package io.github.jedisfailover.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.ReplicatedRedis;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Which tests share a Redis, and that every one is closed when they are over. */
class ReplicatedRedisExtensionIT {
  /** The Redis of each test that ran, in order; the classes below are run by another launcher. */
  private static final List<ReplicatedRedis> SEEN = new CopyOnWriteArrayList<>();

  @Test
  void oneForTheClassAndItsNestedOnesHealedBetweenTheTests() {
    assertThat(run(Shared.class)).isEqualTo(3);
    assertThat(SEEN.stream().distinct()).hasSize(1);
    assertAllClosed();
  }

  @Test
  void oneForEachTest() {
    assertThat(run(Apart.class)).isEqualTo(2);
    assertThat(SEEN.stream().distinct()).hasSize(2);
    assertAllClosed();
  }

  @Test
  void ownSettingsInStaticAndInInstanceFields() {
    assertThat(run(Registered.class)).isEqualTo(2);
    assertThat(SEEN.stream().distinct()).hasSize(1);
    assertAllClosed();
    assertThat(run(RegisteredApart.class)).isEqualTo(2);
    assertThat(SEEN.stream().distinct()).hasSize(2);
    assertAllClosed();
  }

  private static long run(Class<?> tests) {
    SEEN.clear();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(),
            summary);
    summary.getSummary().getFailures().forEach(f -> f.getException().printStackTrace());
    assertThat(summary.getSummary().getFailures()).isEmpty();
    return summary.getSummary().getTestsSucceededCount();
  }

  private static void assertAllClosed() {
    assertThat(SEEN).allSatisfy(r -> assertThat(r.nodes()).noneMatch(RedisNode::isAlive));
  }

  @WithReplicatedRedis(replicas = 1, monitors = 1)
  static class Shared {
    @Test
    void one(ReplicatedRedis redis, RedisFailoverClient client) {
      killAndNote(redis, client);
    }

    @Test
    void two(ReplicatedRedis redis, RedisFailoverClient client) {
      killAndNote(redis, client);
    }

    @Nested
    class Inner {
      @Test
      void three(ReplicatedRedis redis, RedisFailoverClient client) {
        killAndNote(redis, client);
      }
    }

    private static void killAndNote(ReplicatedRedis redis, RedisFailoverClient client) {
      assertThat(redis.replicas()).hasSize(1);
      assertThat(client).isSameAs(redis.client());
      redis.killMaster();
      SEEN.add(redis);
    }
  }

  @WithReplicatedRedis(
      replicas = 0,
      monitors = 1,
      lifecycle = WithReplicatedRedis.Lifecycle.PER_TEST)
  static class Apart {
    private final ReplicatedRedis redis;

    Apart(ReplicatedRedis redis) {
      this.redis = redis;
    }

    @Test
    void one(ReplicatedRedis same) {
      assertThat(same).isSameAs(redis);
      SEEN.add(redis);
    }

    @Test
    void two() {
      SEEN.add(redis);
    }
  }

  static class Registered {
    @RegisterExtension
    static final ReplicatedRedisExtension REDIS =
        ReplicatedRedisExtension.of(
            ReplicatedRedis.builder().replicas(0).monitors(1).password("secret"));

    @Test
    void one(ReplicatedRedis redis) {
      assertThat(redis.password()).contains("secret");
      SEEN.add(redis);
    }

    @Test
    void two(ReplicatedRedis redis) {
      SEEN.add(redis);
    }
  }

  static class RegisteredApart {
    @RegisterExtension
    final ReplicatedRedisExtension redis =
        ReplicatedRedisExtension.of(ReplicatedRedis.builder().replicas(0).monitors(1));

    @Test
    void one(ReplicatedRedis redis) {
      SEEN.add(redis);
    }

    @Test
    void two(ReplicatedRedis redis) {
      SEEN.add(redis);
    }
  }
}
