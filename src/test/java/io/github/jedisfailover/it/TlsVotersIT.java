package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.config.ListenerTls;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.TlsAccess;
import io.github.jedisfailover.topology.NodeAddress;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Voters that speak TLS only, and want each other's certificate. */
class TlsVotersIT {
  @TempDir Path directory;

  @Test
  void votersElectAndAnObserverFollowsOverTlsAlone() {
    SSLContext context = TlsAccess.create(directory, "ip:127.0.0.1").both();
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(1);
      LocalMonitors monitors =
          LocalMonitors.builder(servers)
              .settings(
                  (config, voter) -> {
                    config.voterTls(context);
                    voter.map(v -> listener(v, context)).ifPresent(config::listener);
                  })
              .start();
      try (monitors;
          RedisFailoverClient observer =
              RedisFailoverClient.builder()
                  .masterName(LocalMonitors.NAME)
                  .clientName("observer")
                  .nodes(group.addresses())
                  .startTimeout(Duration.ofSeconds(30))
                  .monitor(monitors.watch(LocalMonitors.NAME, group).observer())
                  .build()) {
        RedisNode old = group.master();
        monitors.awaitAgreement(group, old).awaitVotes();
        try (Jedis plain = new Jedis("127.0.0.1", monitors.addresses().get(0).port())) {
          assertThatThrownBy(plain::ping).isInstanceOf(JedisException.class);
        }

        old.kill();

        RedisNode master = group.awaitMasterOtherThan(old);
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> Stage.knows(observer.topology(), master));
        assertThat(observer.set("k", "v")).isEqualTo("OK");
        assertThat(monitors.switches()).hasSize(1);
      }
    }
  }

  private static ListenerConfig listener(NodeAddress voter, SSLContext context) {
    ListenerTls tls =
        new ListenerTls(voter.port(), context, ListenerTls.ClientCertificates.REQUIRED);
    return ListenerConfig.builder().tls(tls).build();
  }
}
