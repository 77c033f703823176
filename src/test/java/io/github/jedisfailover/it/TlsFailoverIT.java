package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testsupport.TlsAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/** A group that is reached through TLS only: by the client, the voters and the replicas. */
class TlsFailoverIT {
  @TempDir Path directory;

  @Test
  void writesGoOnAtTheNewMasterOverTls() {
    String missing = TlsAccess.missing();
    assumeTrue(missing.isEmpty(), missing);
    try (Stage stage = Stage.open(TlsAccess.create(directory, "ip:127.0.0.1"), 2)) {
      Workload load = Workload.start("incr", 4, (thread, turn) -> stage.client().incr("n"));
      RedisNode old = stage.group().master();
      RedisNode master;
      try (load) {
        load.awaitMore(200);
        old.kill();
        master = stage.awaitClientLeft(old);
        load.awaitMore(200);
        stage.returnAsReplica(old, master);
        load.awaitMore(200);
      }
      assertThat(load.failures()).as("writes that threw otherwise").isEmpty();
      assertThat(stage.client().set("k", "v")).isEqualTo("OK");
      assertThat(master.command("GET", "k")).isEqualTo("v");
      assertThat(stage.group().nodes())
          .allSatisfy(
              n -> assertThat(n.command("CONFIG", "GET", "port")).isEqualTo(List.of("port", "0")));
    }
  }

  /** The same group dialled by a name that is not in the certificate. */
  @Test
  void aWrongNameIsRefusedBeforeAndAfterAFailover() {
    String missing = TlsAccess.missing();
    assumeTrue(missing.isEmpty(), missing);
    try (Stage stage = Stage.open(TlsAccess.create(directory, "ip:127.0.0.1"), 1);
        RedisFailoverClient byName = byName(stage)) {
      refused(byName);
      RedisNode old = stage.group().master();
      old.kill();
      RedisNode master = stage.awaitClientLeft(old);
      await().until(() -> Stage.knows(byName.topology(), master));
      refused(byName);
      assertThat(stage.client().set("k", "v")).isEqualTo("OK");
      assertThat(master.command("EXISTS", "wrong")).isEqualTo(0L);
    }
  }

  private static RedisFailoverClient byName(Stage stage) {
    return RedisFailoverClient.builder()
        .masterName(LocalMonitors.NAME)
        .clientName("by-name")
        .nodes(stage.group().addresses())
        .clientConfig(
            DefaultJedisClientConfig.builder()
                .from(stage.servers().access().client().build())
                .hostAndPortMapper(node -> new HostAndPort("localhost", node.getPort()))
                .build())
        .callTimeout(Duration.ofSeconds(2))
        .monitor(stage.monitors().first())
        .build();
  }

  private static void refused(RedisFailoverClient client) {
    assertThatThrownBy(() -> client.set("wrong", "v"))
        .isInstanceOf(MasterUnavailableException.class)
        .hasStackTraceContaining(SSLHandshakeException.class.getName())
        .hasStackTraceContaining("localhost");
  }
}
