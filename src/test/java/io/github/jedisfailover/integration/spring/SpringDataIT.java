package io.github.jedisfailover.integration.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.testing.Leaks;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.TlsAccess;
import io.github.jedisfailover.topology.NodeAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

/** Spring Data over the auto-configured client, on real servers. */
class SpringDataIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static RedisServers servers;
  private static RedisGroup group;
  private static LocalMonitors monitors;

  @BeforeAll
  static void start() {
    servers = RedisServers.open();
    group = servers.group(2);
    monitors = LocalMonitors.start(servers, group, Duration.ofSeconds(1)).awaitVotes();
    monitors.awaitAgreement(group, group.master());
  }

  @AfterAll
  static void stop() {
    monitors.close();
    servers.close();
  }

  @AfterEach
  void theClientIsGone() {
    await("no thread of a client is left")
        .atMost(PATIENCE)
        .until(() -> Leaks.haThreads().stream().noneMatch(t -> t.startsWith("ha-shop-")));
  }

  private static ApplicationContextRunner runner() {
    return bare()
        .withPropertyValues(
            "jedis-failover.nodes=" + texts(Arrays.asList(group.addresses())),
            "jedis-failover.monitors=" + texts(monitors.addresses()),
            "jedis-failover.down-after=1s");
  }

  private static ApplicationContextRunner bare() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                JedisVersionAutoConfiguration.class,
                JedisFailoverAutoConfiguration.class,
                JedisFailoverHealthAutoConfiguration.class,
                JedisFailoverMetricsAutoConfiguration.class,
                DataRedisAutoConfiguration.class))
        .withPropertyValues("jedis-failover.client-name=shop");
  }

  private static String texts(List<NodeAddress> addresses) {
    return addresses.stream().map(NodeAddress::toString).collect(Collectors.joining(","));
  }

  @Test
  void templatesRoutePipelineTransactAndScan() {
    runner()
        .withPropertyValues(
            "spring.data.redis.database=3",
            "spring.data.redis.client-name=shop-connection",
            "spring.data.redis.timeout=3s")
        .run(
            context -> {
              assertThat(context).hasSingleBean(RedisConnectionFactory.class);
              StringRedisTemplate redis = context.getBean(StringRedisTemplate.class);
              redis.opsForValue().set("spring:a", "1");
              group.awaitReplicated();
              long before = readsOnReplicas();
              assertThat(redis.opsForValue().get("spring:a")).isEqualTo("1");
              assertThat(readsOnReplicas()).as("reads on replicas").isEqualTo(before + 1);

              assertThat(pipelined(redis)).containsExactly(true, 5L, "1");
              assertThat(watched(redis)).containsExactly(true, 6L);
              assertThat(scanned(redis, "spring:*")).contains("spring:a", "spring:n");
              assertThat(redis.hasKey("spring:none")).isFalse();

              RedisFailoverClient client = context.getBean(RedisFailoverClient.class);
              assertThat(client.settings().socketTimeout()).isEqualTo(Duration.ofSeconds(3));
              assertThat(group.master().command("CLIENT", "LIST").toString())
                  .contains("name=shop-connection")
                  .contains("db=3");
            });
  }

  private static long readsOnReplicas() {
    return group.replicas().stream().mapToLong(r -> r.calls("get")).sum();
  }

  private static List<Object> pipelined(StringRedisTemplate redis) {
    redis.delete("spring:n");
    return redis.executePipelined(
        new SessionCallback<Object>() {
          @Override
          @SuppressWarnings("unchecked")
          public <K, V> Object execute(RedisOperations<K, V> operations) {
            RedisOperations<String, String> commands = (RedisOperations<String, String>) operations;
            commands.opsForValue().set("spring:p", "x");
            commands.opsForValue().increment("spring:n", 5);
            commands.opsForValue().get("spring:a");
            return null;
          }
        });
  }

  private static List<Object> watched(StringRedisTemplate redis) {
    return redis.execute(
        new SessionCallback<List<Object>>() {
          @Override
          @SuppressWarnings("unchecked")
          public <K, V> List<Object> execute(RedisOperations<K, V> operations)
              throws DataAccessException {
            RedisOperations<String, String> commands = (RedisOperations<String, String>) operations;
            commands.watch("spring:n");
            commands.multi();
            commands.opsForValue().set("spring:t", "y");
            commands.opsForValue().increment("spring:n");
            return commands.exec();
          }
        });
  }

  private static List<String> scanned(StringRedisTemplate redis, String pattern) {
    try (Stream<String> keys =
        redis.scan(ScanOptions.scanOptions().match(pattern).count(2).build()).stream()) {
      return keys.toList();
    }
  }

  @Test
  void listenersAndCallsGoOnThroughTheDeathOfTheMaster() {
    List<String> heard = new CopyOnWriteArrayList<>();
    SwitchListener switches = new SwitchListener();
    runner()
        .withBean(FailoverListener.class, () -> switches)
        .run(
            context -> {
              RedisConnectionFactory factory = context.getBean(RedisConnectionFactory.class);
              StringRedisTemplate redis = context.getBean(StringRedisTemplate.class);
              RedisMessageListenerContainer container = new RedisMessageListenerContainer();
              container.setConnectionFactory(factory);
              container.addMessageListener(
                  (message, pattern) -> heard.add(message.toString()), new ChannelTopic("news"));
              container.afterPropertiesSet();
              container.start();
              try {
                hears(redis, heard, "before");
                RedisNode old = group.master();
                old.kill();
                redis.opsForValue().set("spring:after", "1"); // waits for the next master
                hears(redis, heard, "after");
                await("listeners are beans")
                    .atMost(PATIENCE)
                    .until(() -> !switches.masters.isEmpty());
                HealthIndicator health = context.getBean(HealthIndicator.class);
                assertThat(health.health().getStatus())
                    .isIn(Status.UP, JedisFailoverHealthIndicator.DEGRADED);
                assertThat(health.health().getDetails()).containsKeys("nodes", "voters", "epoch");
                old.startAsReplicaOf(group.master());
                group.awaitInSync(group.master());
                monitors.awaitAgreement(group, group.master());
              } finally {
                container.stop();
                container.destroy();
              }
            });
  }

  private static void hears(StringRedisTemplate redis, List<String> heard, String message) {
    await("message " + message)
        .pollInterval(Duration.ofMillis(50))
        .atMost(PATIENCE)
        .until(
            () -> {
              redis.convertAndSend("news", message);
              return heard.contains(message);
            });
  }

  private static final class SwitchListener implements FailoverListener {
    private final List<NodeAddress> masters = new CopyOnWriteArrayList<>();

    @Override
    public void onTopologyChanged(FailoverEvent.TopologyChanged event) {
      if (event.masterChanged()) {
        event.after().master().ifPresent(m -> masters.add(m.address()));
      }
    }
  }

  @Test
  void customizersConnectionDetailsAndPausesOfTheFactory() {
    JedisFailoverConnectionDetails elsewhere =
        new JedisFailoverConnectionDetails() {
          @Override
          public List<NodeAddress> nodes() {
            return List.of(group.addresses());
          }

          @Override
          public List<NodeAddress> monitors() {
            return monitors.addresses();
          }
        };
    runner()
        .withPropertyValues("jedis-failover.nodes=127.0.0.1:1", "jedis-failover.monitors=")
        .withBean(JedisFailoverConnectionDetails.class, () -> elsewhere)
        .withBean(
            JedisFailoverBuilderCustomizer.class,
            () -> builder -> builder.readFrom(ReadFrom.MASTER))
        .run(
            context -> {
              RedisFailoverClient client = context.getBean(RedisFailoverClient.class);
              assertThat(client.settings().readFrom()).isEqualTo(ReadFrom.MASTER);
              StringRedisTemplate redis = context.getBean(StringRedisTemplate.class);
              redis.opsForValue().set("spring:c", "1");

              JedisConnectionFactory factory = context.getBean(JedisConnectionFactory.class);
              factory.stop(); // as a paused context does
              assertThat(client.get("spring:c")).isEqualTo("1");
              factory.start();
              assertThat(redis.opsForValue().get("spring:c")).isEqualTo("1");
            });
  }

  @Test
  void aBundleOfBootEncryptsAndChecksTheHost(@TempDir Path directory) {
    assumeTrue(TlsAccess.missing().isEmpty(), TlsAccess.missing());
    TlsAccess tls = TlsAccess.create(directory, "ip:127.0.0.1");
    try (RedisServers encrypted = RedisServers.open(tls)) {
      int port = encrypted.start().port();
      ApplicationContextRunner bundled =
          bare()
              .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
              .withPropertyValues(
                  "jedis-failover.static-nodes=true",
                  "jedis-failover.start-timeout=3s",
                  "spring.data.redis.ssl.bundle=redis",
                  "spring.ssl.bundle.jks.redis.truststore.location="
                      + tls.stores().get("trustStore"),
                  "spring.ssl.bundle.jks.redis.truststore.password="
                      + tls.stores().get("trustStorePassword"));
      bundled
          .withPropertyValues("jedis-failover.nodes=127.0.0.1:" + port)
          .run(
              context -> {
                StringRedisTemplate redis = context.getBean(StringRedisTemplate.class);
                redis.opsForValue().set("spring:tls", "1");
                assertThat(redis.opsForValue().get("spring:tls")).isEqualTo("1");
              });
      bundled
          .withPropertyValues("jedis-failover.nodes=localhost:" + port)
          .run(
              context ->
                  assertThat(context.getStartupFailure())
                      .as("the certificate is for the address")
                      .rootCause()
                      .isInstanceOf(MasterUnavailableException.class));
    }
  }

  @Test
  void backsOffFromBeansOfTheApplication() {
    runner()
        .withBean(
            RedisFailover.class,
            () ->
                RedisFailover.builder()
                    .clientName("shop")
                    .nodes(group.addresses())
                    .monitor(monitors.observer())
                    .build())
        .run(
            context -> {
              assertThat(context).hasSingleBean(RedisFailover.class);
              assertThat(context.getBean(RedisFailover.class).redisClient().ping())
                  .isEqualTo("PONG");
              assertThat(context.getBean(StringRedisTemplate.class).hasKey("spring:x")).isFalse();
              assertThat(context.getBeansOfType(RedisFailoverClient.class))
                  .containsOnlyKeys("redisFailoverClient");
            });

    runner()
        .withBean("own", RedisConnectionFactory.class, () -> new JedisConnectionFactory())
        .run(
            context ->
                assertThat(context.getBeansOfType(RedisConnectionFactory.class))
                    .isEqualTo(Map.of("own", context.getBean("own"))));
  }
}
