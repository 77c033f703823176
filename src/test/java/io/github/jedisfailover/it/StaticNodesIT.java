package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.PromoteOption;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.SwitchoverFailedException;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.SafeEncoder;

/**
 * Nodes that nobody monitors: found by their roles, promoted by hand, settings changed meanwhile.
 */
class StaticNodesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aDeadMasterIsReplacedByHandAndDemotedWhenItIsBack() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(2);
      RedisNode old = group.master();
      RedisNode target = group.replicas().get(0);
      RedisNode other = group.replicas().get(1);
      try (RedisFailoverClient redis = client(group, ReadFrom.REPLICA);
          RedisFailoverClient bystander = client(group, ReadFrom.MASTER)) {
        redis.set("k", "v");
        group.awaitReplicated();
        await("replicas serve").atMost(PATIENCE).until(() -> "v".equals(redis.get("k")));
        old.kill();
        redis.settings().callTimeout(Duration.ofMillis(300));
        assertThatThrownBy(() -> redis.set("k", "w"))
            .isInstanceOf(MasterUnavailableException.class);
        redis.settings().callTimeout(Duration.ofSeconds(10));
        assertThat(redis.get("k")).as("reads go on").isEqualTo("v");
        refuses(redis, old, "NOGOODSLAVE " + old + " does not answer");
        await("the replicas notice it too")
            .atMost(PATIENCE)
            .until(() -> promoted(redis, target.address()));

        assertThat(redis.set("k", "w")).isEqualTo("OK");
        group.awaitInSync(target);
        await("others follow")
            .atMost(PATIENCE)
            .until(() -> Stage.knows(bystander.topology(), target));
        assertThat(bystander.set("k", "x")).isEqualTo("OK");
        old.start();
        await("it is demoted when it is back")
            .atMost(PATIENCE)
            .until(() -> old.isInSyncWith(target.address()));
        assertThat(other.isInSyncWith(target.address())).isTrue();
        assertThat(Stage.knows(redis.topology(), target)).isTrue();
      }
    }
  }

  /** As long as a replica still has its connection, the promotion is refused. */
  private static boolean promoted(RedisFailoverClient redis, NodeAddress target) {
    try {
      redis.promote(target, PromoteOption.DEMOTE_OLD_MASTER);
      return true;
    } catch (SwitchoverFailedException e) {
      assertThat(e).hasMessageContaining("it may be alive");
      return false;
    }
  }

  @Test
  void aLivingMasterHandsOverWithoutLoss() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(1);
      RedisNode old = group.master();
      RedisNode target = group.replicas().get(0);
      RedisNode stranger = servers.group(0).master();
      try (RedisFailoverClient redis = client(group, ReadFrom.MASTER)) {
        for (int i = 0; i < 1_000; i++) {
          redis.incr("n");
        }
        refuses(redis, old, "ERR " + old + " is the master already");
        refuses(redis, stranger, "ERR the target must be one of the nodes ");
        redis.promote(target.address());
        assertThat(redis.incr("n")).isEqualTo(1_001);
        assertThat(target.command("GET", "n")).isEqualTo("1001");
        group.awaitInSync(target);
        assertThat(old.isReplicaOf(target.address())).isTrue();
        redis.settings().nodes(target.address(), old.address(), stranger.address());
        await("a node that is no copy serves nothing and takes nothing over")
            .atMost(PATIENCE)
            .until(() -> Stage.knows(redis.topology(), target));
        refuses(redis, stranger, "NOGOODSLAVE " + stranger + " is no replica");
        stranger.command("SET", "own", "data");
        redis.promote(old.address());
        await("the copy follows").atMost(PATIENCE).until(() -> target.isInSyncWith(old.address()));
        assertThat(stranger.command("GET", "own")).as("is no copy").isEqualTo("data");
      }
    }
  }

  @Test
  void aPromotionThatTheOldMasterRefusesIsTakenBack() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(1);
      RedisNode old = group.master();
      RedisNode target = group.replicas().get(0);
      try (RedisFailoverClient redis = client(group, ReadFrom.MASTER)) {
        redis.set("k", "v");
        old.command("ACL", "SETUSER", "default", "-replicaof");
        refuses(redis, target, "ABORTED and taken back: " + old + " does not become a replica: ");
        assertThat(redis.set("k", "w")).isEqualTo("OK");
        group.awaitInSync(old);
        assertThat(old.command("GET", "k")).isEqualTo("w");
        assertThat(Stage.knows(redis.topology(), old)).isTrue();
      }
    }
  }

  @Test
  void aFrozenMasterIsReplacedByForceAlone() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(1);
      RedisNode old = group.master();
      RedisNode target = group.replicas().get(0);
      try (RedisFailoverClient redis = client(group, ReadFrom.MASTER)) {
        redis.set("k", "v");
        group.awaitReplicated();
        old.freeze();
        refuses(redis, target, "its replica " + target + " has a connection to it");
        redis.promote(target.address(), PromoteOption.FORCE, PromoteOption.DEMOTE_OLD_MASTER);
        assertThat(redis.set("k", "w")).isEqualTo("OK");
        old.thaw();
        await("it is demoted").atMost(PATIENCE).until(() -> old.isInSyncWith(target.address()));
        assertThat(redis.get("k")).isEqualTo("w");
      }
    }
  }

  @Test
  void settingsAreChangedWhileItRuns() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(1);
      RedisNode replica = group.replicas().get(0);
      List<FailoverEvent.SettingChanged> changes = new CopyOnWriteArrayList<>();
      try (RedisFailoverClient redis =
          RedisFailoverClient.builder()
              .uri(
                  "redis+failover://"
                      + group.nodes().stream()
                          .map(RedisNode::toString)
                          .collect(Collectors.joining(","))
                      + "/0?staticNodes=true&readFrom=master&socketTimeout=1500ms")
              .listener(
                  new FailoverListener() {
                    @Override
                    public void onSettingChanged(FailoverEvent.SettingChanged event) {
                      changes.add(event);
                    }
                  })
              .build()) {
        redis.set("k", "v");
        group.awaitReplicated();
        redis.get("k");
        long before = replica.calls("get");
        redis.settings().readFrom(ReadFrom.REPLICA);
        assertThat(redis.get("k")).isEqualTo("v");
        assertThat(replica.calls("get")).isEqualTo(before + 1);
        assertThat(redis.settings().socketTimeout()).hasMillis(1_500);
        redis.settings().socketTimeout(Duration.ofMillis(200)).callTimeout(Duration.ofSeconds(1));
        assertThatThrownBy(() -> redis.settings().callTimeout(Duration.ZERO))
            .hasMessage("callTimeout must be 1 ms..3600000 ms, was 0 ms");
        assertThat(redis.settings().callTimeout()).hasSeconds(1);
        await("listeners hear")
            .atMost(PATIENCE)
            .until(
                () -> changes.stream().map(c -> c.setting() + " " + c.after()).toList(),
                List.of("readFrom REPLICA", "socketTimeout 200 ms", "callTimeout PT1S")::equals);
      }
    }
  }

  @Test
  void theUriSaysWhoLogsInAndWhere() {
    try (RedisServers servers = RedisServers.open()) {
      RedisNode node = servers.group(0).master();
      node.command("CONFIG", "SET", "requirepass", "s@c/r:t");
      String uri = "redis+failover://default:s%40c%2Fr%3At@" + node + "/3?staticNodes=true";
      try (RedisFailoverClient redis = RedisFailoverClient.builder().uri(uri).build()) {
        assertThat(redis.set("k", "v")).isEqualTo("OK");
        assertThat(SafeEncoder.encode((byte[]) redis.sendCommand(Protocol.Command.CLIENT, "INFO")))
            .contains(" db=3 ")
            .contains("user=default");
      }
    }
  }

  @Test
  void announcedAddressesAreDialledWhereTheMapperSays() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(0);
      NodeAddress real = group.master().address();
      NodeAddress announced = new NodeAddress("redis-inside.invalid", 6379);
      try (RedisFailoverClient byCode =
              RedisFailoverClient.builder()
                  .nodes(announced)
                  .staticNodes()
                  .addressMapper(a -> new HostAndPort(real.host(), real.port()))
                  .build();
          RedisFailoverClient byName =
              RedisFailoverClient.builder()
                  .nodes(announced)
                  .settings(
                      Map.of(
                          "staticNodes",
                          true,
                          "addressMap",
                          Map.of(announced.toString(), real.toString())))
                  .build()) {
        assertThat(byCode.set("k", "v")).isEqualTo("OK");
        assertThat(byName.get("k")).isEqualTo("v");
        assertThat(byName.topology().current().master().orElseThrow().address())
            .isEqualTo(announced);
      }
    }
  }

  private static RedisFailoverClient client(RedisGroup group, ReadFrom readFrom) {
    return RedisFailoverClient.builder()
        .nodes(group.addresses())
        .readFrom(readFrom)
        .staticNodes()
        .build();
  }

  private static void refuses(RedisFailoverClient redis, RedisNode target, String reason) {
    assertThatThrownBy(() -> redis.promote(target.address()))
        .isInstanceOf(SwitchoverFailedException.class)
        .hasMessageContaining(reason);
  }
}
