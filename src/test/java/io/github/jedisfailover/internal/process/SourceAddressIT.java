package io.github.jedisfailover.internal.process;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bind-source-addr}. */
class SourceAddressIT {
  @TempDir private Path directory;

  @Test
  void allConnectionsComeFromTheAddressThatIsNamed() {
    try (RedisServers servers = RedisServers.open()) {
      RedisNode redis = servers.start();
      int port = servers.ports().any("127.0.0.1");
      List<String> lines = List.of("bind-source-addr 127.0.0.77");
      try (SentinelMember member = new SentinelMember(port, directory, redis, lines)) {
        member.start(SentinelProgram.ours()).awaitPong();
        await("both connections")
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    redis
                            .command("CLIENT", "LIST")
                            .toString()
                            .lines()
                            .filter(l -> l.contains(" name=sentinel-"))
                            .filter(l -> l.contains(" addr=127.0.0.77:"))
                            .count()
                        == 2);
      }
    }
  }
}
