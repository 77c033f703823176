package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.JedisFailoverPool;
import io.github.jedisfailover.testing.RedisNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.Pool;

/** What a user of {@code JedisPool} relies on while nothing fails, and what is never lent. */
class JedisPoolIT {
  private final FaultStage stage = new FaultStage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void isAJedisPoolWhoseObjectsComeBackByClose() {
    try (JedisFailoverPool pool = stage.pool()) {
      JedisPool asJedisPool = pool;
      Pool<Jedis> asPool = pool;
      Jedis first = asJedisPool.getResource();
      assertThat(first.set("k", "v")).isEqualTo("OK");
      assertThat(counts(pool)).isEqualTo("active 1, idle 0, waiting 0");
      first.close();
      assertThat(counts(pool)).isEqualTo("active 0, idle 1, waiting 0");
      try (Jedis again = asPool.getResource()) {
        assertThat(again).isSameAs(first);
        assertThat(again.get("k")).isEqualTo("v");
      }
      String read = pool.withResourceGet(jedis -> jedis.get("k"));
      assertThat(read).isEqualTo("v");
      assertThat(pool.getCurrentHostMaster().getPort()).isEqualTo(stage.master.port());
    }
  }

  @Test
  void addObjectsAndClearOpenAndCloseConnections() {
    try (JedisFailoverPool pool = stage.pool()) {
      int before = clients(stage.master);
      pool.addObjects(3);
      assertThat(counts(pool)).isEqualTo("active 0, idle 3, waiting 0");
      assertThat(clients(stage.master)).isGreaterThanOrEqualTo(before + 3);
      pool.clear();
      assertThat(counts(pool)).isEqualTo("active 0, idle 0, waiting 0");
      // One silent connection stays, which tells when the master is gone.
      await().until(() -> clients(stage.master) <= before + 1);
    }
  }

  @Test
  void theNextBorrowerFindsTheDatabaseOfTheConfiguration() {
    try (JedisFailoverPool pool = stage.pool()) {
      try (Jedis jedis = pool.getResource()) {
        jedis.select(3);
        jedis.set("k", "in 3");
      }
      try (Jedis jedis = pool.getResource()) {
        assertThat(jedis.get("k")).isNull();
      }
    }
  }

  @Test
  void anIdleObjectOfTheOldMasterIsNeverLent() {
    try (JedisFailoverPool pool = stage.pool()) {
      pool.addObjects(4);
      stage.switchToOne(); // the old master runs on, and believes to be one
      List<Jedis> borrowed = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Jedis jedis = pool.getResource();
        borrowed.add(jedis);
        assertThat(port(jedis)).isEqualTo(stage.one.port());
      }
      borrowed.forEach(Jedis::close);
      assertThat(counts(pool)).isEqualTo("active 0, idle 4, waiting 0");
      assertThat(pool.getCurrentHostMaster().getPort()).isEqualTo(stage.one.port());
    }
  }

  @Test
  void anObjectClosedTwiceIsNotLentWithItsConnectionGone() {
    try (JedisFailoverPool pool = stage.pool()) {
      Jedis twice = pool.getResource();
      twice.close();
      twice.close();
      try (Jedis jedis = pool.getResource()) {
        assertThat(jedis.ping()).isEqualTo("PONG");
      }
    }
  }

  @Test
  void oneDeadConnectionHasTheOthersAskedBeforeTheyAreLent() {
    try (JedisFailoverPool pool = stage.pool()) {
      List<Jedis> all = Stream.generate(pool::getResource).limit(4).toList();
      all.forEach(jedis -> jedis.get("k"));
      all.forEach(Jedis::close);
      killConnectionsAfterGet(stage.master);
      Jedis unlucky = pool.getResource();
      assertThatThrownBy(() -> unlucky.incr("n")).isInstanceOf(JedisConnectionException.class);
      unlucky.close();
      assertThat(stage.source.hints).contains(stage.master.address());
      for (int i = 1; i <= 4; i++) {
        try (Jedis jedis = pool.getResource()) {
          assertThat(jedis.incr("n")).isEqualTo(i);
        }
      }
    }
  }

  private static void killConnectionsAfterGet(RedisNode node) {
    node.command("CLIENT", "LIST", "TYPE", "normal")
        .toString()
        .lines()
        .filter(line -> line.contains(" cmd=get "))
        .map(line -> line.replaceFirst("id=(\\d+) .*", "$1"))
        .forEach(id -> node.command("CLIENT", "KILL", "ID", id));
  }

  @Test
  void anObjectLeftInATransactionComesBackClean() {
    try (JedisFailoverPool pool = stage.pool()) {
      Jedis left = pool.getResource();
      left.watch("k");
      left.multi().set("k", "half");
      left.close();
      try (Jedis jedis = pool.getResource()) {
        assertThat(jedis.get("k")).isNull();
      }
    }
  }

  @Test
  void anExhaustedPoolSaysSoAfterMaxWait() throws Exception {
    try (JedisFailoverPool pool = stage.pool(b -> b.poolConfig(size(1, 200)))) {
      Jedis only = pool.getResource();
      assertThatThrownBy(pool::getResource)
          .isInstanceOf(JedisException.class)
          .isNotInstanceOf(JedisConnectionException.class)
          .hasMessageMatching(
              "Master group 'mymaster': no Jedis object was free within [2-9]\\d\\d ms"
                  + " \\(pool '.+': 1 of 1 in use, 0 idle, 0 waiting\\)")
          .hasCauseInstanceOf(NoSuchElementException.class);
      pool.setBlockWhenExhausted(false);
      assertThatThrownBy(() -> pool.borrowObject(Duration.ofMinutes(1)))
          .hasMessageContaining("no Jedis object was free")
          .hasCauseInstanceOf(NoSuchElementException.class);
      pool.setMaxTotal(2);
      Jedis second = pool.getResource();
      only.close();
      pool.getResource().close();
      second.close();
    }
  }

  @Test
  void waitersGetTheObjectThatComesBackInTheirOrder() throws Exception {
    try (JedisFailoverPool pool = stage.pool(b -> b.poolConfig(size(1, 10_000)))) {
      Jedis only = pool.getResource();
      List<Future<Jedis>> waiters = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        int number = i;
        waiters.add(stage.callers.submit(() -> pool.getResource()));
        await().until(() -> pool.getNumWaiters() == number);
      }
      Jedis last = only;
      for (Future<Jedis> waiter : waiters) {
        last.close();
        last = waiter.get(3, TimeUnit.SECONDS);
        assertThat(last).isSameAs(only);
      }
      last.close();
    }
  }

  /** Commons Pool's own methods, and what a pool does that keeps nothing. */
  @Test
  void everyWayOfGivingBackMakesRoomForTheNextBorrower() throws Exception {
    JedisPoolConfig keepsNothing = size(1, 5_000);
    keepsNothing.setMaxIdle(0);
    try (JedisFailoverPool pool = stage.pool(b -> b.poolConfig(keepsNothing))) {
      for (int i = 0; i < 2; i++) {
        pool.returnObject(pool.borrowObject());
        pool.invalidateObject(pool.borrowObject(1_000));
        pool.returnBrokenResource(pool.getResource());
        Jedis twice = pool.getResource();
        pool.returnResource(twice);
        pool.returnResource(twice); // refused by Commons Pool; makes no second place
      }
      Jedis only = pool.getResource();
      assertThatThrownBy(() -> pool.borrowObject(Duration.ZERO))
          .hasMessageContaining("1 of 1 in use");
      only.close();
      assertThat(counts(pool)).isEqualTo("active 0, idle 0, waiting 0");
    }
  }

  static JedisPoolConfig size(int maxTotal, long maxWaitMillis) {
    JedisPoolConfig config = new JedisPoolConfig();
    config.setMaxTotal(maxTotal);
    config.setMaxWait(Duration.ofMillis(maxWaitMillis));
    return config;
  }

  static int port(Jedis jedis) {
    return Integer.parseInt(jedis.configGet("port").get("port"));
  }

  static String counts(JedisFailoverPool pool) {
    return "active %d, idle %d, waiting %d"
        .formatted(pool.getNumActive(), pool.getNumIdle(), pool.getNumWaiters());
  }

  private static int clients(RedisNode node) {
    return Integer.parseInt(node.info("clients").get("connected_clients"));
  }
}
