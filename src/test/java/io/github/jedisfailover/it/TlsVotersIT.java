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
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Voters that speak TLS only, and want each other's certificate. */
class TlsVotersIT {
  @TempDir Path directory;

  @Test
  void votersElectAndAnObserverFollowsOverTlsAlone() {
    TlsAccess tls = TlsAccess.create(directory, "ip:127.0.0.1");
    SSLContext context = tls.both();
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
                  .settings(
                      Map.of(
                          "monitors",
                          monitors.watch(LocalMonitors.NAME, group).addresses(),
                          "voterTls",
                          tls.stores()))
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

  /** All by name: a voter of one, and nobody gets in without the certificate. */
  @Test
  void aVoterListensWithTheStoresOfItsSettings() {
    TlsAccess tls = TlsAccess.create(directory, "ip:127.0.0.1");
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(0);
      int port = servers.ports().any(RedisServers.LOOPBACK);
      Map<String, Object> listener = new HashMap<>(tls.stores());
      listener.put("port", port);
      listener.put("clients", "required");
      Map<String, Object> settings =
          Map.of(
              "nodes", group.nodes(),
              "monitors", "127.0.0.1:" + port,
              "listen", "127.0.0.1:" + port,
              "voterTls", tls.stores(),
              "listener", Map.of("tls", listener));
      try (RedisFailoverClient voter = RedisFailoverClient.builder().settings(settings).build()) {
        assertThat(voter.set("k", "v")).isEqualTo("OK");
        assertThat(ping(port, tls.context(true))).isEqualTo("PONG");
        SSLContext nothingToShow = tls.context(false);
        assertThatThrownBy(() -> ping(port, nothingToShow)).isInstanceOf(JedisException.class);
      }
    }
  }

  private static String ping(int port, SSLContext context) {
    DefaultJedisClientConfig config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .ssl(true)
            .sslSocketFactory(context.getSocketFactory())
            .build();
    try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", port), config)) {
      return jedis.ping();
    }
  }
}
