package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.RealSentinel;
import io.github.jedisfailover.testsupport.TlsAccess;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;

/** Redis Sentinels with a password, behind TLS and known by names that lead nowhere from here. */
class GuardedSentinelsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORD = "sentinels' secret";

  @TempDir Path certificates;

  /**
   * @param tlsPort where clients of the group connect
   */
  private record Guarded(RealSentinel process, int tlsPort) {
    /** What the application is told. */
    NodeAddress announced() {
      return new NodeAddress("sentinel-" + tlsPort + ".invalid", 26379);
    }
  }

  @Test
  void theirPasswordTheirTlsAndTheirAddressesAreTheirOwn() throws IOException {
    assumeTrue(RealSentinel.version().isPresent(), "redis-sentinel is not installed");
    String missing = TlsAccess.missing();
    assumeTrue(missing.isEmpty(), missing);
    TlsAccess tls = TlsAccess.create(certificates, "ip:127.0.0.1");
    List<Guarded> sentinels = new ArrayList<>();
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(1);
      try {
        for (int i = 0; i < 3; i++) {
          sentinels.add(start(servers, group.master(), tls));
        }
        await("they know each other and the replica")
            .atMost(PATIENCE)
            .until(() -> sentinels.stream().allMatch(s -> knowsAll(s.process())));
        refusedWithoutThePassword(sentinels, tls);
        follow(group, sentinels, tls);
      } finally {
        sentinels.forEach(s -> s.process().close());
      }
    }
  }

  /** By name, and by code as an application that maps addresses itself. */
  private static void follow(RedisGroup group, List<Guarded> sentinels, TlsAccess tls) {
    Map<String, Object> settings = named(sentinels, tls);
    settings.put("sentinelPassword", PASSWORD);
    try (RedisFailoverClient byName = RedisFailoverClient.builder().settings(settings).build();
        RedisFailoverClient byCode = byCode(sentinels, tls)) {
      assertThat(byName.set("k", "1")).isEqualTo("OK");
      group.awaitReplicated();
      RedisNode old = group.master();
      old.kill();
      RedisNode master = group.awaitMasterOtherThan(old);
      for (RedisFailoverClient client : List.of(byName, byCode)) {
        await("it follows").atMost(PATIENCE).until(() -> Stage.knows(client.topology(), master));
        assertThat(client.set("k", "2")).isEqualTo("OK");
      }
      assertThat(master.command("GET", "k")).isEqualTo("2");
    }
  }

  private static void refusedWithoutThePassword(List<Guarded> sentinels, TlsAccess tls) {
    Map<String, Object> settings = named(sentinels, tls);
    settings.put("startTimeout", "1s");
    Logger logger = (Logger) LoggerFactory.getLogger("io.github.jedisfailover.internal.source");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Level before = logger.getLevel();
    logger.setLevel(Level.WARN);
    logger.setAdditive(false);
    logger.addAppender(log);
    assertThatThrownBy(() -> RedisFailoverClient.builder().settings(settings).build())
        .isInstanceOf(MasterUnavailableException.class)
        .hasMessageContaining("no master found within 1000 ms, no Sentinel named a node");
    logger.detachAppender(log);
    logger.setLevel(before);
    logger.setAdditive(true);
    assertThat(List.copyOf(log.list))
        .extracting(ILoggingEvent::getFormattedMessage)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("no new word on mymaster from the voters: 0 of 3 answer")
                    .contains(sentinels.get(0).announced() + " NOAUTH Authentication required"));
  }

  private static Map<String, Object> named(List<Guarded> sentinels, TlsAccess tls) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("masterName", LocalMonitors.NAME);
    settings.put("sentinels", sentinels.stream().map(Guarded::announced).toList());
    settings.put(
        "addressMap",
        sentinels.stream()
            .collect(Collectors.toMap(Guarded::announced, s -> "127.0.0.1:" + s.tlsPort())));
    settings.put("sentinelTls", true);
    settings.put("trustStore", tls.trusted());
    settings.put("trustStorePassword", TlsAccess.STORE_PASSWORD);
    return settings;
  }

  private static RedisFailoverClient byCode(List<Guarded> sentinels, TlsAccess tls) {
    Map<String, Integer> ports =
        sentinels.stream().collect(Collectors.toMap(s -> s.announced().host(), Guarded::tlsPort));
    return RedisFailoverClient.builder()
        .masterName(LocalMonitors.NAME)
        .sentinels(sentinels.stream().map(Guarded::announced).toArray(NodeAddress[]::new))
        .sentinelClientConfig(tls.client().password(PASSWORD).build())
        .addressMapper(
            a ->
                ports.containsKey(a.getHost())
                    ? new HostAndPort("127.0.0.1", ports.get(a.getHost()))
                    : a)
        .build();
  }

  private static boolean knowsAll(RealSentinel sentinel) {
    return sentinel.master(LocalMonitors.NAME, "num-slaves").equals("1")
        && sentinel.master(LocalMonitors.NAME, "num-other-sentinels").equals("2");
  }

  /** Among themselves they speak plainly: the servers have no TLS. */
  private static Guarded start(RedisServers servers, RedisNode master, TlsAccess tls)
      throws IOException {
    int port = servers.ports().any(RedisServers.LOOPBACK);
    int tlsPort = servers.ports().any(RedisServers.LOOPBACK);
    Path directory = servers.scratch("sentinel-" + port);
    Path file = directory.resolve("sentinel.conf");
    String group = "sentinel %s " + LocalMonitors.NAME + " ";
    Files.writeString(
        file,
        String.join(
            "\n",
            "port " + port,
            "tls-port " + tlsPort,
            "tls-cert-file " + tls.certificate(),
            "tls-key-file " + tls.key(),
            "tls-ca-cert-file " + tls.certificate(),
            "tls-auth-clients no",
            "bind 127.0.0.1",
            "dir " + directory,
            "requirepass \"" + PASSWORD + "\"",
            "sentinel sentinel-pass \"" + PASSWORD + "\"",
            group.formatted("monitor") + "127.0.0.1 " + master.port() + " 2",
            group.formatted("down-after-milliseconds") + "1000",
            group.formatted("failover-timeout") + "5000",
            ""));
    return new Guarded(RealSentinel.startWithPassword(file, port, PASSWORD), tlsPort);
  }
}
