package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each preset by its name through a real kill, with a voter of its own. */
class PresetsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A group whose master dies, a client, and writes all the time. */
  private static final class Scene implements AutoCloseable {
    private final RedisGroup group;
    private final RedisNode old;
    private final RedisFailoverClient client;
    private Workload writes;

    Scene(RedisServers servers, String preset, Map<String, ?> more) {
      group = servers.group(1);
      old = group.master();
      String voter = "127.0.0.1:" + servers.ports().any("127.0.0.1");
      Map<String, Object> settings = new HashMap<>();
      settings.put("preset", preset);
      settings.put("masterName", preset);
      settings.put("nodes", group.nodes());
      settings.put("monitors", voter);
      settings.put("listen", voter);
      settings.putAll(more);
      client = RedisFailoverClient.builder().settings(settings).build();
    }

    RedisNode replica() {
      return group.nodes().get(1);
    }

    void kill() {
      client.set("k", "v");
      group.awaitReplicated();
      await("the monitor knows the replica")
          .atMost(PATIENCE)
          .until(
              () -> client.topology().current().replicas().stream().anyMatch(r -> r.fitForReads()));
      writes = Workload.start("set", 2, (thread, turn) -> client.set("n" + thread, "" + turn));
      writes.awaitMore(50);
      old.kill();
    }

    void awaitOver() {
      await("the replica is the master")
          .atMost(PATIENCE)
          .until(() -> Stage.knows(client.topology(), replica()));
      writes.awaitMore(50);
      writes.close();
      // a voter that the machine starves may take longer than a call waits
      assertThat(writes.failures()).allMatch(f -> f.contains("MasterUnavailableException"));
      assertThat(replica().role()).isEqualTo("master");
    }

    @Override
    public void close() {
      if (writes != null) {
        writes.close();
      }
      client.close();
    }
  }

  @Test
  void eachPresetLivesThroughAKill() {
    try (RedisServers servers = RedisServers.open();
        Scene fast = new Scene(servers, "fastFailover", Map.of());
        Scene careful = new Scene(servers, "conservative", Map.of("downAfter", "1s"));
        Scene readers = new Scene(servers, "readHeavy", Map.of())) {
      List<Scene> all = List.of(fast, careful, readers);
      long atReplica = careful.replica().calls("get");
      all.forEach(Scene::kill);
      readsGoOn(readers);
      assertThat(careful.client.get("k")).as("waits for the master").isEqualTo("v");
      assertThat(careful.replica().role()).isEqualTo("master");
      assertThat(careful.replica().calls("get")).isEqualTo(atReplica + 1);
      fast.awaitOver();
      careful.awaitOver();
      readers.awaitOver();
    }
  }

  /** The master is down for five seconds at least before anybody acts. */
  private static void readsGoOn(Scene readers) {
    for (int i = 0; i < 50; i++) {
      assertThat(readers.client.get("k")).isEqualTo("v");
    }
    assertThat(readers.replica().role()).as("nobody acted yet").isEqualTo("slave");
  }
}
