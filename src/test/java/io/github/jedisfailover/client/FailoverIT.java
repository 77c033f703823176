package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Faults on real servers; the topology is told by the test. */
class FailoverIT {
  /** Long, so that a test that waits for a time-out instead of a cut is seen to. */
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(20);

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final List<LocalRedis> servers = new ArrayList<>();
  private LocalRedis master;
  private LocalRedis one;
  private LocalRedis two;
  private HandFedSource source;

  @BeforeEach
  void startServers() {
    master = track(LocalRedis.start());
    one = track(master.startReplica());
    two = track(master.startReplica());
    source = HandFedSource.of(master, one, two);
  }

  @AfterEach
  void stop() {
    callers.shutdownNow();
    servers.forEach(LocalRedis::close);
  }

  private LocalRedis track(LocalRedis server) {
    servers.add(server);
    return server;
  }

  private RedisFailoverClient client(Consumer<RedisFailoverClient.Builder> more) {
    RedisFailoverClient.Builder builder =
        RedisFailoverClient.builder()
            .nodes(master.address(), one.address(), two.address())
            .clientConfig(
                DefaultJedisClientConfig.builder()
                    .socketTimeoutMillis((int) SOCKET_TIMEOUT.toMillis())
                    .build())
            .source(source);
    more.accept(builder);
    return builder.build();
  }

  private RedisFailoverClient client() {
    return client(b -> {});
  }

  private void switchToOne() {
    one.promote();
    two.replicateFrom(one);
    source.say(one, two);
  }

  @Test
  void aKilledReplicaFailsNoRead() throws Exception {
    try (RedisFailoverClient redis = client()) {
      redis.set("k", "v");
      syncReplicas();
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger done = new AtomicInteger();
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        readers.add(
            callers.submit(
                () -> {
                  while (!stop.get()) {
                    assertThat(redis.get("k")).isEqualTo("v");
                    done.incrementAndGet();
                  }
                }));
      }
      await().until(() -> done.get() > 200);
      one.kill();
      int atKill = done.get();
      await().until(() -> done.get() > atKill + 2_000);
      stop.set(true);
      for (Future<?> reader : readers) {
        reader.get(10, TimeUnit.SECONDS);
      }
      assertThat(source.hints).contains(one.address());
    }
  }

  @Test
  void aKilledReplicaServesReadsAgainWhenItIsBack() {
    try (RedisFailoverClient redis = client(b -> b.readFrom(ReadFrom.REPLICA))) {
      redis.set("k", "v");
      syncReplicas();
      one.kill();
      for (int i = 0; i < 6; i++) {
        assertThat(redis.get("k")).isEqualTo("v");
      }
      one.launch();
      await().until(() -> one.info("master_link_status").equals("up"));
      long before = Long.parseLong(one.info("keyspace_hits"));
      // The breaker lets one call through after a second, and all of them once that succeeded.
      await()
          .until(
              () -> {
                redis.get("k");
                return Long.parseLong(one.info("keyspace_hits")) > before + 3;
              });
    }
  }

  @Test
  void readsGoOnAtTheOtherReplicaWhileOneIsFrozen() throws Exception {
    try (RedisFailoverClient redis =
        client(
            b ->
                b.clientConfig(
                    DefaultJedisClientConfig.builder().socketTimeoutMillis(300).build()))) {
      redis.set("k", "v");
      syncReplicas();
      for (int i = 0; i < 4; i++) {
        redis.get("k");
      }
      one.freeze();
      try {
        long start = System.nanoTime();
        for (int i = 0; i < 400; i++) {
          assertThat(redis.get("k")).isEqualTo("v");
        }
        // One time-out, then a probe a second: far from 200 time-outs of 300 ms.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      } finally {
        one.thaw();
      }
    }
  }

  @Test
  void aWriteWaitsForTheNewMasterAndGoesOn() throws Exception {
    try (RedisFailoverClient redis = client()) {
      redis.set("k", "old");
      syncReplicas();
      master.kill();
      giveUpUncertainOnes(redis);
      Future<String> write = callers.submit(() -> redis.set("k", "new"));
      await().until(() -> source.hints.contains(master.address()));
      switchToOne();
      assertThat(write.get(5, TimeUnit.SECONDS)).isEqualTo("OK");
      assertThat(one.jedis().get("k")).isEqualTo("new");
    }
  }

  /** The pool's one open connection: what is sent on it after the kill is uncertain. */
  private static void giveUpUncertainOnes(RedisFailoverClient redis) {
    assertThatThrownBy(() -> redis.set("probe", "x")).isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void oneDeadConnectionMakesTheOtherIdleOnesDistrusted() throws Exception {
    try (RedisFailoverClient redis = client(b -> b.callTimeout(Duration.ofMillis(300)))) {
      warmUp(redis, 8);
      master.kill();
      assertThatThrownBy(() -> redis.incr("n")).isInstanceOf(OutcomeUnknownException.class);
      for (int i = 0; i < 8; i++) {
        assertThatThrownBy(() -> redis.incr("n")).isInstanceOf(MasterUnavailableException.class);
      }
    }
  }

  @Test
  void threadsBlockedOnAFrozenMasterAreCutLooseAtTheSwitch() throws Exception {
    List<FailoverEvent.ConnectionsCut> cuts = new ArrayList<>();
    FailoverListener listener =
        new FailoverListener() {
          @Override
          public void onConnectionsCut(FailoverEvent.ConnectionsCut event) {
            cuts.add(event);
          }
        };
    try (RedisFailoverClient redis = client(b -> b.readFrom(ReadFrom.MASTER).listener(listener))) {
      redis.set("k", "v");
      warmUp(redis, 3);
      syncReplicas();
      master.freeze();
      Future<Long> write = callers.submit(() -> redis.incr("n"));
      Future<String> read = callers.submit(() -> redis.get("k"));
      Future<String> popped = callers.submit(() -> redis.blpop(0, "list").get(1));
      stayBlocked(write, read, popped);

      switchToOne();
      // The socket time-out is 20 s: only the cut can end the calls this early.
      assertThat(read.get(3, TimeUnit.SECONDS)).isEqualTo("v");
      assertThatThrownBy(() -> write.get(3, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("INCR on " + master.address());
      assertThatThrownBy(() -> popped.get(3, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutcomeUnknownException.class);
      assertThat(redis.incr("n")).isEqualTo(1);
      await().until(() -> !cuts.isEmpty());
      assertThat(cuts.get(0).node()).isEqualTo(master.address());
      assertThat(cuts.get(0).connections()).isEqualTo(3);
    } finally {
      master.thaw();
    }
  }

  @Test
  void aThreadInTheHandshakeWithAFrozenMasterIsCutAndTriesTheNewOne() throws Exception {
    try (RedisFailoverClient redis = client()) {
      master.freeze();
      Future<Long> write = callers.submit(() -> redis.incr("n")); // the first: has to connect
      stayBlocked(write);
      switchToOne();
      assertThat(write.get(3, TimeUnit.SECONDS)).isEqualTo(1);
    } finally {
      master.thaw();
    }
  }

  @Test
  void waitersOfAnExhaustedPoolMoveToTheNewMaster() throws Exception {
    ConnectionPoolConfig single = new ConnectionPoolConfig();
    single.setMaxTotal(1);
    try (RedisFailoverClient redis = client(b -> b.poolConfig(single))) {
      redis.set("k", "v");
      syncReplicas();
      master.freeze();
      Future<Long> holder = callers.submit(() -> redis.incr("n"));
      stayBlocked(holder);
      List<Future<Long>> waiters = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        waiters.add(callers.submit(() -> redis.incr("m")));
      }
      stayBlocked(waiters.get(4));
      switchToOne();
      for (Future<Long> waiter : waiters) {
        assertThat(waiter.get(3, TimeUnit.SECONDS)).isPositive();
      }
      assertThatThrownBy(() -> holder.get(3, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutcomeUnknownException.class);
    } finally {
      master.thaw();
    }
  }

  @Test
  void anExhaustedPoolEndsTheCallAtItsDeadline() throws Exception {
    ConnectionPoolConfig single = new ConnectionPoolConfig();
    single.setMaxTotal(1);
    try (RedisFailoverClient redis =
        client(b -> b.poolConfig(single).callTimeout(Duration.ofMillis(200)))) {
      Future<?> holder = callers.submit(() -> redis.blpop(3, "list"));
      stayBlocked(holder);
      assertThatThrownBy(() -> redis.incr("n"))
          .isInstanceOf(MasterUnavailableException.class)
          .hasMessageContaining("INCR")
          .hasMessageContaining(master.address().toString());
    }
  }

  @Test
  void aDemotedMasterRefusesAndTheWriteMovesOn() {
    try (RedisFailoverClient redis = client()) {
      redis.set("k", "v");
      syncReplicas();
      one.promote();
      master.replicateFrom(one); // now answers READONLY
      AtomicInteger asked = new AtomicInteger();
      source.onHint(
          () -> {
            if (asked.incrementAndGet() == 1) {
              source.say(one, two);
            }
          });
      assertThat(redis.incr("n")).isEqualTo(1);
      assertThat(asked).hasPositiveValue();
      assertThat(one.jedis().get("n")).isEqualTo("1");
    }
  }

  @Test
  void aScriptRefusedMidwayIsNotRepeated() {
    try (RedisFailoverClient redis = client()) {
      assertThatThrownBy(() -> redis.eval("return redis.error_reply('READONLY by hand')"))
          .isInstanceOf(OutcomeUnknownException.class);
    }
  }

  @Test
  void errorRepliesReachTheCallerOnceAndUnchanged() {
    try (RedisFailoverClient redis = client()) {
      redis.set("text", "x");
      assertThatThrownBy(() -> redis.incr("text"))
          .isExactlyInstanceOf(JedisDataException.class)
          .hasMessageStartingWith("ERR value is not an integer");
      assertThat(source.hints).isEmpty();
    }
  }

  @Test
  void noIncrementIsAppliedTwiceThroughKillsUnderLoad() throws Exception {
    AtomicLong acknowledged = new AtomicLong();
    AtomicLong uncertain = new AtomicLong();
    AtomicLong other = new AtomicLong();
    AtomicBoolean stop = new AtomicBoolean();
    try (RedisFailoverClient redis = client()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writers.add(
            callers.submit(
                () -> {
                  while (!stop.get()) {
                    try {
                      redis.incr("n");
                      acknowledged.incrementAndGet();
                    } catch (OutcomeUnknownException e) {
                      uncertain.incrementAndGet();
                    } catch (JedisException e) {
                      other.incrementAndGet();
                    }
                  }
                }));
      }
      await().until(() -> acknowledged.get() > 500);
      master.freeze(); // nothing acknowledged can get lost behind our back
      await().until(() -> !source.hints.isEmpty() || callersAreStuck(acknowledged));
      switchToOne();
      long atSwitch = acknowledged.get();
      await().until(() -> acknowledged.get() > atSwitch + 500);
      stop.set(true);
      for (Future<?> writer : writers) {
        writer.get(10, TimeUnit.SECONDS);
      }
    } finally {
      master.kill();
    }
    long applied = Long.parseLong(one.jedis().get("n"));
    assertThat(other).hasValue(0);
    assertThat(uncertain.get()).isBetween(1L, 4L);
    assertThat(applied).isLessThanOrEqualTo(acknowledged.get() + uncertain.get());
  }

  private static boolean callersAreStuck(AtomicLong counter) throws InterruptedException {
    long before = counter.get();
    Thread.sleep(100);
    return counter.get() == before;
  }

  @Test
  void anIdempotentWriteIsRepeatedIfTheUserOptedIn() throws Exception {
    try (RedisFailoverClient redis =
        client(b -> b.retry(RetryPolicy.DEFAULT.repeatingIdempotentWrites()))) {
      redis.set("k", "v");
      warmUp(redis, 2);
      syncReplicas();
      master.freeze();
      Future<String> set = callers.submit(() -> redis.set("k", "w"));
      Future<Long> increment = callers.submit(() -> redis.incr("n"));
      stayBlocked(set, increment);
      switchToOne();
      assertThat(set.get(3, TimeUnit.SECONDS)).isEqualTo("OK");
      assertThat(one.jedis().get("k")).isEqualTo("w");
      assertThatThrownBy(() -> increment.get(3, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutcomeUnknownException.class);
    } finally {
      master.thaw();
    }
  }

  @Test
  void aTransactionCutInTheMiddleNeverGoesOnOutsideOfItsMulti() {
    try (RedisFailoverClient redis = client()) {
      AbstractTransaction transaction = redis.multi();
      transaction.set("a", "1");
      source.say(one, two);
      await().until(this::masterHasNoClients);
      assertThatThrownBy(
              () -> {
                transaction.set("b", "2");
                transaction.exec();
              })
          .isInstanceOf(JedisConnectionException.class);
      assertThat(master.jedis().exists("a", "b")).isZero();
    }
  }

  /** The cut is done by another thread, within milliseconds. */
  private boolean masterHasNoClients() {
    return master.info("connected_clients").equals("1"); // the one that asks
  }

  @Test
  void aSubscriptionEndsAtTheSwitch() throws Exception {
    try (RedisFailoverClient redis = client()) {
      JedisPubSub listener = new JedisPubSub() {};
      Future<?> subscribed = callers.submit(() -> redis.subscribe(listener, "channel"));
      await().until(listener::isSubscribed);
      source.say(one, two);
      assertThatThrownBy(() -> subscribed.get(3, TimeUnit.SECONDS))
          .hasCauseInstanceOf(JedisConnectionException.class);
    }
  }

  @Test
  void anIterationUnderWayFailsRatherThanSkipKeys() {
    try (RedisFailoverClient redis = client()) {
      for (int i = 0; i < 100; i++) {
        redis.set("key:" + i, "v");
      }
      ScanIteration iteration = redis.scanIteration(10, "key:*");
      iteration.nextBatchList();
      source.say(one, two);
      assertThatThrownBy(iteration::nextBatchList).isInstanceOf(JedisConnectionException.class);
    }
  }

  @Test
  void aMasterThatOnlyTheSourceCannotReachKeepsItsConnections() throws Exception {
    try (RedisFailoverClient redis = client()) {
      Future<?> held = callers.submit(() -> redis.blpop(2, "list"));
      stayBlocked(held);
      source.say(
          List.of(
              new NodeView(master.address(), NodeRole.MASTER, false, true, false),
              NodeView.replica(one.address())));
      assertThat(redis.incr("n")).isEqualTo(1);
      stayBlocked(held);
      master.jedis().lpush("list", "x");
      held.get(3, TimeUnit.SECONDS);
    }
  }

  @Test
  void closingReleasesEveryCallerThreadAndSocket() throws Exception {
    String atMaster = master.info("connected_clients");
    String atReplica = one.info("connected_clients");
    RedisFailoverClient redis = client(b -> b.clientName("closing"));
    redis.set("k", "v");
    redis.get("k");
    Future<?> popping = callers.submit(() -> redis.blpop(0, "list"));
    stayBlocked(popping);
    source.say(List.of(NodeView.replica(one.address())));
    Future<?> waiting = callers.submit(() -> redis.incr("n"));
    stayBlocked(waiting);

    redis.close();
    redis.close();
    assertThatThrownBy(() -> popping.get(3, TimeUnit.SECONDS))
        .hasCauseInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(() -> waiting.get(3, TimeUnit.SECONDS))
        .hasCauseInstanceOf(JedisException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> redis.get("k")).isInstanceOf(JedisException.class);
    assertThat(source.closed).isTrue();
    await()
        .untilAsserted(
            () -> {
              assertThat(Thread.getAllStackTraces().keySet())
                  .noneMatch(t -> t.getName().startsWith("ha-closing"));
              assertThat(master.info("connected_clients")).isEqualTo(atMaster);
              assertThat(one.info("connected_clients")).isEqualTo(atReplica);
            });
  }

  @Test
  void anInterruptEndsAWaitingCallAndStaysVisible() throws Exception {
    try (RedisFailoverClient redis = client()) {
      source.say(List.of(NodeView.replica(one.address())));
      AtomicBoolean flag = new AtomicBoolean();
      Thread caller =
          new Thread(
              () -> {
                try {
                  redis.incr("n");
                } catch (JedisException e) {
                  flag.set(Thread.currentThread().isInterrupted());
                }
              });
      caller.start();
      await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
      caller.interrupt();
      caller.join(3_000);
      assertThat(flag).isTrue();
    }
  }

  /** Opens connections to the master; the pool keeps them. */
  private static void warmUp(RedisFailoverClient redis, int connections) {
    List<AbstractPipeline> open = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      open.add(redis.pipelined());
    }
    open.forEach(AbstractPipeline::close);
  }

  private void syncReplicas() {
    try (Jedis jedis = master.jedis()) {
      jedis.set("barrier", "x");
      assertThat(jedis.waitReplicas(2, 5_000)).isEqualTo(2);
    }
  }

  private static void stayBlocked(Future<?>... calls) throws InterruptedException {
    Thread.sleep(300);
    for (Future<?> call : calls) {
      assertThat(call.isDone()).isFalse();
    }
  }
}
