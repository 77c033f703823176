package io.github.jedisfailover.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.testing.Access;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testsupport.RealSentinel;
import io.github.jedisfailover.topology.NodeAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.DefaultJedisClientConfig;

/**
 * Servers that let Sentinels do only what they need, under names of the administrator's choice, and
 * Sentinels that want a login of each other.
 */
class RenamedCommandsIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Not PING and INFO: replicas and the tests themselves ask for them by these names. */
  private static final List<String> RENAMED =
      List.of("CONFIG", "SLAVEOF", "PUBLISH", "MULTI", "EXEC", "CLIENT", "SCRIPT");

  /** At the reply to this one, renamed, redis-sentinel 7.0.15 aborts itself. */
  private static final List<String> RENAMED_FOR_OURS = List.of("SUBSCRIBE");

  private static final String RIGHTS =
      "sentinel on >first allchannels +multi +slaveof +ping +exec +subscribe +config|rewrite +role"
          + " +publish +info +client|setname +client|kill +script|kill";

  @TempDir private Path directory;

  private static String hidden(String command) {
    return "my-" + command.toLowerCase(Locale.ROOT);
  }

  private static List<String> renamed(int real) {
    return Stream.concat(RENAMED.stream(), real > 0 ? Stream.of() : RENAMED_FOR_OURS.stream())
        .toList();
  }

  private static Access strict(List<String> renamed) {
    return new Access() {
      @Override
      public List<String> serverArguments(NodeAddress address) {
        List<String> arguments = new ArrayList<>();
        renamed.forEach(c -> arguments.addAll(List.of("--rename-command", c, hidden(c))));
        arguments.add("--user");
        arguments.addAll(List.of(RIGHTS.split(" ")));
        return arguments;
      }

      @Override
      public DefaultJedisClientConfig.Builder client() {
        return DefaultJedisClientConfig.builder();
      }
    };
  }

  private static String[] lines(List<String> renamed) {
    return Stream.concat(
            Stream.of(
                "sentinel auth-user m sentinel",
                "sentinel auth-pass m first",
                "user peer on >second allchannels +@all",
                "sentinel sentinel-user peer",
                "sentinel sentinel-pass second"),
            renamed.stream().map(c -> "sentinel rename-command m " + c + " " + hidden(c)))
        .toArray(String[]::new);
  }

  /** The connections of this user at a node. */
  private static List<String> connections(RedisNode node, String user) {
    return node.command(hidden("CLIENT"), "LIST")
        .toString()
        .lines()
        .filter(line -> line.contains(" name=sentinel-") && line.contains(" user=" + user + " "))
        .map(line -> line.split(" ", 2)[0])
        .toList();
  }

  /** Two connections of each of the three members, none of which was there before. */
  private static void awaitNewConnections(RedisNode node, List<String> before) {
    await("six other connections at " + node)
        .atMost(LIMIT)
        .until(
            () -> {
              List<String> now = connections(node, "sentinel");
              return now.size() == 6 && now.stream().noneMatch(before::contains);
            });
  }

  @ParameterizedTest(name = "{0} real")
  @ValueSource(ints = {0, 1})
  void everythingWorksUnderOtherNamesAndAsAnotherUser(int real) {
    assumeTrue(
        real == 0 || RealSentinel.version().isPresent(), "skipped: no redis-sentinel on the PATH");
    List<String> renamed = renamed(real);
    try (MixedGroup group = MixedGroup.start(real, directory, strict(renamed), lines(renamed))) {
      RedisNode master = group.nodes().master();
      awaitNewConnections(master, List.of());
      for (SentinelMember member : group.members()) {
        await("both peers are logged in at " + member)
            .atMost(LIMIT)
            .until(
                () ->
                    SentinelProgram.ask(member.port(), "CLIENT LIST")
                            .lines()
                            .filter(line -> line.contains(" user=peer "))
                            .count()
                        == 2);
      }

      List<String> before = connections(master, "sentinel");
      group.nodes().nodes().forEach(n -> n.command("ACL", "SETUSER", "sentinel", "<first", ">new"));
      group.members().forEach(m -> m.set(Map.of("auth-pass", "new")));
      awaitNewConnections(master, before);
      assertThat(connections(master, "default")).isEmpty();

      group.favour(MixedGroup.Favour.OURS);
      MixedGroup.Failover failover = group.loseMaster();
      assertThat(failover.real()).as("led by a real one").isFalse();
      RedisNode replica = group.nodes().replicas().get(0);
      await("the replica's file")
          .atMost(LIMIT)
          .until(() -> replica.configuration().contains("replicaof 127.0.0.1 "));
      assertThat(replica.configuration())
          .contains("replicaof 127.0.0.1 " + failover.master().port());
      assertThat(failover.master().configuration()).doesNotContain("replicaof 127.0.0.1 ");
    }
  }
}
