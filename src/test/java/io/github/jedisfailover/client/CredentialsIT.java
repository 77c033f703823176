package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.JedisFailoverPool;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.testing.Access;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.authentication.core.SimpleToken;
import redis.clients.authentication.core.TokenAuthConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPoolConfig;
import redis.clients.jedis.authentication.AuthXManager;

/** Credentials that are asked for again and again, through several switches. */
class CredentialsIT {
  private static final int SWITCHES = 5;

  private RedisServers servers;
  private RedisNode one;
  private RedisNode two;
  private HandFedSource source;

  @BeforeEach
  void startServers() {
    servers = RedisServers.open(Access.password("secret"));
    one = servers.start();
    two = servers.start();
    source = HandFedSource.of(one);
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  @Test
  void aCredentialsProviderIsAskedForEachNewConnection() {
    AtomicInteger asked = new AtomicInteger();
    DefaultJedisClientConfig config =
        DefaultJedisClientConfig.builder()
            .credentialsProvider(
                () -> {
                  asked.incrementAndGet();
                  return new DefaultRedisCredentials("default", "secret");
                })
            .build();
    try (RedisFailoverClient redis = client(config)) {
      switchOften(redis);
    }
    assertThat(asked.get()).isGreaterThan(SWITCHES);
  }

  @Test
  void aTokenManagerGoesOnRenewingAfterSwitchesAndIsNotStoppedByUs() {
    AtomicInteger issued = new AtomicInteger();
    AuthXManager tokens = tokens(issued);
    try {
      DefaultJedisClientConfig config =
          DefaultJedisClientConfig.builder().authXManager(tokens).build();
      try (RedisFailoverClient redis = client(config)) {
        switchOften(redis);
        int renewed = issued.get();
        long authentications = authentications(two);
        // The idle connection of the current pool is authenticated again with each new token.
        await().until(() -> issued.get() > renewed + 2);
        int looks = 1; // each look authenticates too
        assertThat(authentications(two)).isGreaterThan(authentications + looks);
        assertThat(redis.incr("n")).isPositive();
      }
      int atClose = issued.get();
      await().until(() -> issued.get() > atClose + 1);
    } finally {
      tokens.stop();
    }
  }

  /** Its objects are not the node pool's: they renew when they come back, or while they rest. */
  @Test
  void thePoolOfJedisObjectsGoesOnWithRenewedTokensAfterSwitches() {
    AtomicInteger issued = new AtomicInteger();
    AuthXManager tokens = tokens(issued);
    JedisPoolConfig size = new JedisPoolConfig();
    size.setTimeBetweenEvictionRuns(Duration.ofMillis(100));
    try (JedisFailoverPool pool =
        JedisFailoverPool.builder()
            .nodes(one.address(), two.address())
            .clientConfig(DefaultJedisClientConfig.builder().authXManager(tokens).build())
            .poolConfig(size)
            .source(source)
            .build()) {
      for (int i = 0; i < SWITCHES; i++) {
        pool.withResource(jedis -> jedis.incr("n"));
        source.say(i % 2 == 0 ? two : one);
      }
      try (Jedis lent = pool.getResource()) {
        int renewed = issued.get();
        await().until(() -> issued.get() > renewed + 1);
        assertThat(lent.incr("n")).isPositive();
      }
      int renewed = issued.get();
      long before = authentications(two);
      await().until(() -> issued.get() > renewed + 2);
      int looks = 2; // each look authenticates too
      await().until(() -> authentications(two) > before + looks);
      pool.withResource(jedis -> jedis.incr("n"));
      assertThat(pool.getCreatedCount()).as("none was replaced meanwhile").isLessThan(SWITCHES + 2);
    } finally {
      tokens.stop();
    }
  }

  private static AuthXManager tokens(AtomicInteger issued) {
    return new AuthXManager(
        TokenAuthConfig.builder()
            .expirationRefreshRatio(0.5f)
            .lowerRefreshBoundMillis(10)
            .tokenRequestExecTimeoutInMs(1_000)
            .maxAttemptsToRetry(3)
            .delayInMsToRetry(10)
            .identityProviderConfig(() -> () -> token(issued.incrementAndGet()))
            .build());
  }

  private static SimpleToken token(int number) {
    long now = System.currentTimeMillis();
    return new SimpleToken("default", "secret", now + 400, now, Map.of("number", number));
  }

  private RedisFailoverClient client(DefaultJedisClientConfig config) {
    return RedisFailoverClient.builder()
        .nodes(one.address(), two.address())
        .clientConfig(config)
        .readFrom(ReadFrom.MASTER)
        .source(source)
        .build();
  }

  /** An odd number: ends at {@code two}. */
  private void switchOften(RedisFailoverClient redis) {
    for (int i = 0; i < SWITCHES; i++) {
      assertThat(redis.incr("n")).isPositive();
      source.say(i % 2 == 0 ? two : one);
    }
    assertThat(redis.incr("n")).isPositive();
  }

  private static long authentications(RedisNode redis) {
    return redis.calls("auth");
  }
}
