package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisNode;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;

/** Far more callers than connections, all of them in a call when the master fails. */
class ManyCallersIT {
  private static final int POOL = 32;
  private static final int THREADS = 1_000;
  private static final int VIRTUAL_THREADS = 10_000;
  private static final String NAME = "crowd";
  private static final Duration CALL = Duration.ofSeconds(15);

  /** One reply may still be waited for when the deadline comes; the rest is for a busy machine. */
  private static final Duration LONGEST = CALL.plusSeconds(2).plusSeconds(5);

  @Test
  void threadsThroughAKill() {
    fail("killed", THREADS, Crowd.platform(), RedisNode::kill);
  }

  @Test
  void threadsThroughAFreeze() {
    fail("frozen", THREADS, Crowd.platform(), RedisNode::freeze);
  }

  @Test
  void virtualThreadsThroughAKill() {
    fail("killed", VIRTUAL_THREADS, virtual(), RedisNode::kill);
  }

  @Test
  void virtualThreadsThroughAFreeze() {
    fail("frozen", VIRTUAL_THREADS, virtual(), RedisNode::freeze);
  }

  private static ThreadFactory virtual() {
    Optional<ThreadFactory> factory = Crowd.virtual();
    assumeTrue(factory.isPresent(), "Java " + Runtime.version().feature() + ": no virtual threads");
    return factory.get();
  }

  private void fail(String how, int callers, ThreadFactory factory, Consumer<RedisNode> fault) {
    try (Stage stage = Stage.open(2);
        RedisFailoverClient client = client(stage)) {
      RedisNode old = stage.group().master();
      List<ConnectRate> looks =
          stage.group().replicas().stream().map(r -> new ConnectRate(r, NAME)).toList();
      RedisNode master;
      try (Crowd crowd = Crowd.start(callers, factory, () -> client.incr("n"))) {
        crowd.awaitAllAnswered();
        crowd.longestMillis();
        long before = crowd.answered();
        long healthy = System.nanoTime();
        crowd.awaitAllAnswered();
        double rate = (crowd.answered() - before) * 1e9 / (System.nanoTime() - healthy);
        long longestBefore = crowd.longestMillis();
        assertThat(crowd.inCall()).isGreaterThan(callers / 2);
        long cpu = cpuNanos();
        long start = System.nanoTime();
        fault.accept(old);
        master = stage.awaitClientLeft(old);
        long away = System.nanoTime();
        long burnt = cpuNanos() - cpu;
        crowd.awaitAllAnswered();
        long all = System.nanoTime();
        int hanging = crowd.stop(LONGEST);
        long longest = crowd.longestMillis();
        looks.forEach(ConnectRate::close);
        ConnectRate look = looks.stream().filter(l -> l.node() == master).findFirst().orElseThrow();
        System.out.printf(
            "%d callers, %d connections, master %s: healthy %.0f calls/s, longest %d ms; new master"
                + " after %d ms (JVM used %d ms of CPU), each caller answered %d ms later; longest"
                + " call %d ms, thrown %s; at the new master at most %d connections, %d accepted,"
                + " busiest 0.1 s: %d/s%n",
            callers,
            POOL,
            how,
            rate,
            longestBefore,
            (away - start) / 1_000_000,
            burnt / 1_000_000,
            (all - away) / 1_000_000,
            longest,
            crowd.thrown(),
            look.most(),
            look.accepted(),
            look.perSecond());
        assertThat(hanging).as("callers that never came back").isZero();
        assertThat(longest).isLessThan(LONGEST.toMillis());
        assertThat(look.most()).isBetween(1, POOL);
      }
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static RedisFailoverClient client(Stage stage) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(POOL);
    pool.setMaxIdle(POOL);
    return RedisFailoverClient.builder()
        .masterName(LocalMonitors.NAME)
        .clientName(NAME)
        .nodes(stage.group().addresses())
        .clientConfig(DefaultJedisClientConfig.builder().clientName(NAME).build())
        .poolConfig(pool)
        .callTimeout(CALL)
        .monitor(stage.monitors().first())
        .build();
  }
}
