package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.exceptions.SwitchoverFailedException;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.RealSentinel;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The voters that an observer follows may all be Redis Sentinels. */
class SentinelObserverIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Channels that observers listen to are none of them. */
  private static final String NO_EVENTS =
      "user default on nopass ~* resetchannels &__sentinel__:hello +@all";

  @Test
  void followsThemAndSaysWhatTheyCannot() throws IOException {
    withSentinels("", SentinelObserverIT::follow);
  }

  @Test
  void followsByQuestionsAloneWhereItMayNotListen() throws IOException {
    withSentinels(
        NO_EVENTS,
        (group, observer) -> {
          RedisNode old = group.master();
          old.kill();
          awaitKnown(observer, group.awaitMasterOtherThan(old));
          assertThat(observer.set("k", "1")).isEqualTo("OK");
        });
  }

  private static void withSentinels(
      String line, BiConsumer<RedisGroup, RedisFailoverClient> scenario) throws IOException {
    assumeTrue(RealSentinel.version().isPresent(), "redis-sentinel is not installed");
    List<RealSentinel> sentinels = new ArrayList<>();
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(2);
      try {
        for (int i = 0; i < 3; i++) {
          sentinels.add(start(servers, group.master(), line));
        }
        await("they know each other and the replicas")
            .atMost(PATIENCE)
            .until(() -> sentinels.stream().allMatch(SentinelObserverIT::knowsAll));
        try (RedisFailoverClient observer = observer(group, sentinels)) {
          scenario.accept(group, observer);
        }
      } finally {
        sentinels.forEach(RealSentinel::close);
      }
    }
  }

  private static boolean knowsAll(RealSentinel sentinel) {
    return sees(sentinel, "num-slaves", 2) && sees(sentinel, "num-other-sentinels", 2);
  }

  private static void follow(RedisGroup group, RedisFailoverClient observer) {
    RedisNode first = group.master();
    NodeAddress target = group.replicas().get(0).address();
    assertThatThrownBy(() -> observer.switchover(target))
        .isInstanceOf(SwitchoverFailedException.class)
        .hasMessageContaining("takes no target: it is a Redis Sentinel")
        .hasMessageContaining("switchover() without a target");

    observer.switchover();
    RedisNode second = group.awaitMasterOtherThan(first);
    assertThat(Stage.knows(observer.topology(), second)).isTrue();
    assertThat(observer.set("k", "1")).isEqualTo("OK");
    group.awaitInSync(second);
    group.awaitReplicated();

    second.kill();
    RedisNode third = group.awaitMasterOtherThan(second);
    awaitKnown(observer, third);
    assertThat(observer.set("k", "2")).isEqualTo("OK");
    assertThat(third.command("GET", "k")).isEqualTo("2");
  }

  private static void awaitKnown(RedisFailoverClient observer, RedisNode master) {
    await("the observer knows it")
        .atMost(PATIENCE)
        .until(() -> Stage.knows(observer.topology(), master));
  }

  private static RealSentinel start(RedisServers servers, RedisNode master, String line)
      throws IOException {
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
            line,
            group.formatted("monitor") + "127.0.0.1 " + master.port() + " 2",
            group.formatted("down-after-milliseconds") + "1000",
            group.formatted("failover-timeout") + "5000",
            ""));
    return RealSentinel.start(file, port);
  }

  private static boolean sees(RealSentinel sentinel, String field, int number) {
    return sentinel.master(LocalMonitors.NAME, field).equals("" + number);
  }

  private static RedisFailoverClient observer(RedisGroup group, List<RealSentinel> sentinels) {
    NodeAddress[] voters =
        sentinels.stream().map(RealSentinel::address).toArray(NodeAddress[]::new);
    return RedisFailoverClient.builder()
        .masterName(LocalMonitors.NAME)
        .clientName("observer")
        .nodes(group.addresses())
        .monitor(MonitorConfig.builder().voters(voters).build())
        .build();
  }
}
