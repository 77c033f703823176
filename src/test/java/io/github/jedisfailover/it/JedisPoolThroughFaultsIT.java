package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.JedisFailoverPool;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPoolConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Many callers of few Jedis objects when the master is killed, frozen or replaced. */
class JedisPoolThroughFaultsIT {
  private static final int CALLERS = 200;
  private static final int OBJECTS = 4;
  private static final Duration MAX_WAIT = Duration.ofSeconds(15);

  /** Calls per caller after the fault, in the mean at least. */
  private static final int TURNS = 10;

  private static final int FEWEST_TURNS = 2;
  private static final int ROUND_TRIPS = 20;

  enum Fault {
    SIGKILL,
    SIGSTOP,
    SWITCHOVER
  }

  @ParameterizedTest
  @EnumSource
  void borrowersGoOnAtTheNewMaster(Fault fault) {
    Set<String> afterSwitch = ConcurrentHashMap.newKeySet();
    Map<Integer, Integer> turns = new ConcurrentHashMap<>();
    JedisPoolConfig sizes = new JedisPoolConfig();
    sizes.setMaxTotal(OBJECTS);
    sizes.setMaxWait(MAX_WAIT);
    AtomicInteger cut = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    try (Stage stage = Stage.open(2);
        JedisFailoverPool pool =
            JedisFailoverPool.builder()
                .masterName(LocalMonitors.NAME)
                .clientName("pool")
                .nodes(stage.group().addresses())
                .monitor(stage.monitors().first())
                .poolConfig(sizes)
                .build()) {
      RedisNode old = stage.group().master();
      Workload load =
          Workload.start(
              "push",
              CALLERS,
              (thread, turn) -> {
                boolean switched = !Stage.knows(pool.topology(), old);
                String id = thread + "-" + turn;
                try (Jedis jedis = pool.getResource()) {
                  jedis.rpush("log", id);
                  for (int i = 0; i < ROUND_TRIPS; i++) {
                    jedis.llen("log"); // so that the line is long
                  }
                  if (switched) {
                    afterSwitch.add(id);
                    turns.merge(thread, 1, Integer::sum);
                  }
                } catch (MasterUnavailableException e) {
                  throw new IllegalStateException("not served in time", e);
                } catch (JedisConnectionException e) {
                  cut.incrementAndGet();
                } catch (JedisDataException e) {
                  refused.incrementAndGet(); // READONLY: the write waited in the pause
                }
              });
      RedisNode master;
      try (load) {
        load.awaitMore(CALLERS);
        strike(fault, old, stage);
        master = stage.awaitClientLeft(old);
        load.awaitMore(CALLERS);
        if (fault == Fault.SIGSTOP) {
          old.thaw();
        }
        load.awaitMore(CALLERS * TURNS);
      }
      System.out.printf(
          "Jedis pool, %s: %d calls, cut %d, refused %d, longest call %d ms, served after it %s%n",
          fault,
          load.answered(),
          cut.get(),
          refused.get(),
          load.longestMillis(),
          turns.values().stream().mapToInt(Integer::intValue).summaryStatistics());
      assertThat(load.failures()).as("what threw otherwise").isEmpty();
      assertThat(cut.get() + refused.get())
          .as("each object is caught once at most")
          .isLessThanOrEqualTo(OBJECTS);
      assertThat(load.longestMillis()).isLessThan(MAX_WAIT.toMillis());
      assertThat(turns).as("everybody is served again").hasSize(CALLERS);
      assertThat(turns.values()).as("about alike").allMatch(n -> n >= FEWEST_TURNS);
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
