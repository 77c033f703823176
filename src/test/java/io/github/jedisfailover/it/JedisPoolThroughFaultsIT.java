package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.JedisFailoverPool;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** A pool of Jedis objects under load when its master is killed, frozen or replaced. */
class JedisPoolThroughFaultsIT {
  private static final int THREADS = 6;

  enum Fault {
    SIGKILL,
    SIGSTOP,
    SWITCHOVER
  }

  @ParameterizedTest
  @EnumSource
  void borrowersGoOnAtTheNewMaster(Fault fault) {
    Set<String> afterSwitch = ConcurrentHashMap.newKeySet();
    AtomicInteger cut = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    try (Stage stage = Stage.open(2);
        JedisFailoverPool pool =
            JedisFailoverPool.builder()
                .masterName(LocalMonitors.NAME)
                .clientName("pool")
                .nodes(stage.group().addresses())
                .monitor(stage.monitors().first())
                .build()) {
      RedisNode old = stage.group().master();
      Workload load =
          Workload.start(
              "push",
              THREADS,
              (thread, turn) -> {
                boolean switched = !Stage.knows(pool.topology(), old);
                String id = thread + "-" + turn;
                try (Jedis jedis = pool.getResource()) {
                  jedis.rpush("log", id);
                  if (switched) {
                    afterSwitch.add(id);
                  }
                } catch (JedisConnectionException e) {
                  cut.incrementAndGet();
                } catch (JedisDataException e) {
                  refused.incrementAndGet(); // READONLY: the write waited in the pause
                }
              });
      RedisNode master;
      try (load) {
        load.awaitMore(200);
        strike(fault, old, stage);
        master = stage.awaitClientLeft(old);
        load.awaitMore(200);
        if (fault == Fault.SIGSTOP) {
          old.thaw();
        }
        load.awaitMore(200);
      }
      System.out.printf(
          "Jedis pool, %s: %d calls, cut %d, refused %d, longest call %d ms%n",
          fault, load.answered(), cut.get(), refused.get(), load.longestMillis());
      assertThat(load.failures()).as("what threw otherwise").isEmpty();
      assertThat(cut.get() + refused.get())
          .as("each borrower is caught once at most")
          .isLessThanOrEqualTo(THREADS);
      assertThat(pool.getNumActive()).isZero();
      assertThat(pool.getCurrentHostMaster().getPort()).isEqualTo(master.port());
      List<String> log = pool.withResourceGet(jedis -> jedis.lrange("log", 0, -1));
      assertThat(log).doesNotHaveDuplicates();
      assertThat(afterSwitch).isNotEmpty();
      assertThat(log).as("acknowledged after the switch").containsAll(afterSwitch);
    }
  }

  private static void strike(Fault fault, RedisNode master, Stage stage) {
    switch (fault) {
      case SIGKILL -> master.kill();
      case SIGSTOP -> master.freeze();
      case SWITCHOVER -> stage.client().switchover();
    }
  }
}
