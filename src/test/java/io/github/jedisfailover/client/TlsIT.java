package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.TlsAccess;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/** One server without a plain port; its certificate is for an address, not for a name. */
class TlsIT {
  @TempDir Path directory;

  private RedisServers servers;
  private RedisNode node;

  @BeforeEach
  void start() {
    String missing = TlsAccess.missing();
    assumeTrue(missing.isEmpty(), missing);
    servers = RedisServers.open(TlsAccess.create(directory, "ip:127.0.0.1"));
    node = servers.start();
  }

  @AfterEach
  void stop() {
    if (servers != null) { // as when the test is skipped
      servers.close();
    }
  }

  private static RedisFailoverClient client(NodeAddress at, JedisClientConfig config) {
    HandFedSource source = new HandFedSource();
    source.say(List.of(NodeView.master(at)));
    return RedisFailoverClient.builder()
        .nodes(at)
        .clientConfig(config)
        .readFrom(ReadFrom.MASTER)
        .callTimeout(Duration.ofSeconds(2))
        .source(source)
        .build();
  }

  @Test
  void commandsGoThroughTlsAndNothingElseIsServed() {
    try (RedisFailoverClient redis = client(node.address(), servers.access().client().build())) {
      redis.set("k", "v");
      assertThat(redis.get("k")).isEqualTo("v");
    }
    assertThat(node.command("CONFIG", "GET", "port")).isEqualTo(List.of("port", "0"));
    JedisClientConfig plain = DefaultJedisClientConfig.builder().build();
    try (RedisFailoverClient redis = client(node.address(), plain)) {
      assertThatThrownBy(() -> redis.set("k", "plain"))
          .isInstanceOf(MasterUnavailableException.class);
    }
    assertThat(node.command("GET", "k")).isEqualTo("v");
  }

  @Test
  void aNodeUnderAnotherNameThanItsCertificatesIsRefused() {
    NodeAddress byName = new NodeAddress("localhost", node.port());
    try (RedisFailoverClient redis = client(byName, servers.access().client().build())) {
      assertThatThrownBy(() -> redis.set("k", "v"))
          .isInstanceOf(MasterUnavailableException.class)
          .hasStackTraceContaining(SSLHandshakeException.class.getName());
    }
    assertThat(node.command("EXISTS", "k")).isEqualTo(0L);
  }
}
