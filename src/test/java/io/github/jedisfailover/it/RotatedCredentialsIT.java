package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.JedisFailoverPool;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testsupport.RotatingLogin;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Three masters die; the password changes while each is dead and once more after the last. */
class RotatedCredentialsIT {
  private static final int FAILOVERS = 3;
  private static final int DATABASE = 3;

  private final RotatingLogin login = new RotatingLogin();

  @Test
  void clientPoolAndVotersGoOnWithTheNewPassword() {
    try (Stage stage = Stage.open(login, FAILOVERS);
        RedisFailoverClient client = client(stage);
        JedisFailoverPool pool = pool(stage)) {
      Workload calls = Workload.start("incr", 4, (thread, turn) -> client.incr("n"));
      Workload loans = Workload.start("loan", 2, (thread, turn) -> incr(pool));
      RedisNode master = stage.group().master();
      try (calls;
          loans) {
        for (int i = 1; i <= FAILOVERS; i++) {
          calls.awaitMore(100);
          loans.awaitMore(100);
          RedisNode old = master;
          old.kill();
          login.rotate(living(stage), "during-" + i);
          master = stage.awaitClientLeft(old);
          calls.awaitMore(100);
          loans.awaitMore(100);
        }
        login.rotate(living(stage), "after");
        calls.awaitMore(100);
        loans.awaitMore(100);
        assertThat(connections(master, "client"))
            .isNotEmpty()
            .allMatch(line -> line.contains(" user=app ") && line.contains(" db=" + DATABASE));
        assertThat(connections(master, "pool"))
            .isNotEmpty()
            .allMatch(line -> line.contains(" user=app ") && line.contains(" db=" + DATABASE));
      }
      System.out.printf(
          "rotated credentials: %d calls, %d unknown; %d loans, %d broken in use%n",
          calls.answered(), calls.unknown(), loans.answered(), loans.failures().size());
      assertThat(calls.failures()).as("calls that threw otherwise").isEmpty();
      assertThat(loans.failures())
          .as("objects that broke in use, none for its password")
          .noneMatch(text -> text.contains("WRONGPASS") || text.contains("NOAUTH"));
    }
  }

  private static void incr(JedisFailoverPool pool) {
    try (Jedis jedis = pool.getResource()) {
      jedis.incr("p");
    }
  }

  private static List<RedisNode> living(Stage stage) {
    return stage.group().nodes().stream().filter(RedisNode::isAlive).toList();
  }

  private static List<String> connections(RedisNode node, String name) {
    return node.command("CLIENT", "LIST")
        .toString()
        .lines()
        .filter(line -> line.contains(" name=" + name + " "))
        .toList();
  }

  private RedisFailoverClient client(Stage stage) {
    return RedisFailoverClient.builder()
        .masterName(LocalMonitors.NAME)
        .nodes(stage.group().addresses())
        .clientConfig(login.client().clientName("client").database(DATABASE).build())
        .monitor(stage.monitors().first())
        .build();
  }

  private JedisFailoverPool pool(Stage stage) {
    return JedisFailoverPool.builder()
        .masterName(LocalMonitors.NAME)
        .nodes(stage.group().addresses())
        .clientConfig(login.client().clientName("pool").database(DATABASE).build())
        .monitor(stage.monitors().first())
        .build();
  }
}
