package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Who waits or holds a connection when the master is left, or when the client is closed. */
class BlockedCallersIT {
  private final FaultStage stage = new FaultStage();

  @AfterEach
  void close() {
    stage.close();
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
    try (RedisFailoverClient redis =
        stage.client(b -> b.readFrom(ReadFrom.MASTER).listener(listener))) {
      redis.set("k", "v");
      FaultStage.warmUp(redis, 3);
      stage.syncReplicas();
      stage.master.freeze();
      Future<Long> write = stage.callers.submit(() -> redis.incr("n"));
      Future<String> read = stage.callers.submit(() -> redis.get("k"));
      Future<String> popped = stage.callers.submit(() -> redis.blpop(0, "list").get(1));
      stage.callers.stayBlocked(write, read, popped);

      stage.switchToOne();
      // The socket time-out is 20 s: only the cut can end the calls this early.
      assertThat(read.get(3, TimeUnit.SECONDS)).isEqualTo("v");
      assertThatThrownBy(() -> write.get(3, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("INCR on " + stage.master.address());
      assertThatThrownBy(() -> popped.get(3, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutcomeUnknownException.class);
      assertThat(redis.incr("n")).isEqualTo(1);
      await().until(() -> !cuts.isEmpty());
      assertThat(cuts.get(0).node()).isEqualTo(stage.master.address());
      assertThat(cuts.get(0).connections()).isEqualTo(3);
    } finally {
      stage.master.thaw();
    }
  }

  @Test
  void aThreadInTheHandshakeWithAFrozenMasterIsCutAndTriesTheNewOne() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      stage.master.freeze();
      Future<Long> write = stage.callers.submit(() -> redis.incr("n")); // the first: has to connect
      stage.callers.stayBlocked(write);
      stage.switchToOne();
      assertThat(write.get(3, TimeUnit.SECONDS)).isEqualTo(1);
    } finally {
      stage.master.thaw();
    }
  }

  @Test
  void waitersOfAnExhaustedPoolMoveToTheNewMaster() throws Exception {
    ConnectionPoolConfig single = new ConnectionPoolConfig();
    single.setMaxTotal(1);
    try (RedisFailoverClient redis = stage.client(b -> b.poolConfig(single))) {
      redis.set("k", "v");
      stage.syncReplicas();
      stage.master.freeze();
      Future<Long> holder = stage.callers.submit(() -> redis.incr("n"));
      stage.callers.stayBlocked(holder);
      List<Future<Long>> waiters = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        waiters.add(stage.callers.submit(() -> redis.incr("m")));
      }
      stage.callers.stayBlocked(waiters.toArray(Future<?>[]::new));
      stage.switchToOne();
      for (Future<Long> waiter : waiters) {
        assertThat(waiter.get(3, TimeUnit.SECONDS)).isPositive();
      }
      assertThatThrownBy(() -> holder.get(3, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutcomeUnknownException.class);
    } finally {
      stage.master.thaw();
    }
  }

  @Test
  void anExhaustedPoolEndsTheCallAtItsDeadline() throws Exception {
    ConnectionPoolConfig single = new ConnectionPoolConfig();
    single.setMaxTotal(1);
    try (RedisFailoverClient redis =
        stage.client(b -> b.poolConfig(single).callTimeout(Duration.ofMillis(200)))) {
      Future<?> holder = stage.callers.submit(() -> redis.blpop(3, "list"));
      stage.callers.stayBlocked(holder);
      assertThatThrownBy(() -> redis.incr("n"))
          .isInstanceOf(MasterUnavailableException.class)
          .hasMessageContaining("INCR")
          .hasMessageContaining(stage.master.address().toString());
      assertThatThrownBy(() -> redis.incr("n"))
          .cause()
          .hasMessageContaining("1 in use, 1 of them by waiting commands");
    }
  }

  @Test
  void aTransactionCutInTheMiddleNeverGoesOnOutsideOfItsMulti() {
    try (RedisFailoverClient redis = stage.client()) {
      AbstractTransaction transaction = redis.multi();
      transaction.set("a", "1");
      stage.source.say(stage.one, stage.two);
      await().until(this::masterHasNoClients);
      assertThatThrownBy(
              () -> {
                transaction.set("b", "2");
                transaction.exec();
              })
          .isInstanceOf(JedisConnectionException.class);
      assertThat(stage.master.command("EXISTS", "a", "b")).isEqualTo(0L);
    }
  }

  /** The cut is done by another thread, within milliseconds. */
  private boolean masterHasNoClients() {
    return clients(stage.master).equals("1"); // the one that asks
  }

  @Test
  void aMasterThatOnlyTheSourceCannotReachKeepsItsConnections() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      Future<?> held = stage.callers.submit(() -> redis.blpop(10, "list"));
      stage.callers.stayBlocked(held);
      stage.source.say(
          List.of(
              new NodeView(stage.master.address(), NodeRole.MASTER, false, true, false),
              NodeView.replica(stage.one.address())));
      assertThat(redis.incr("n")).isEqualTo(1);
      stage.callers.stayBlocked(held);
      stage.master.command("LPUSH", "list", "x");
      held.get(3, TimeUnit.SECONDS);
    }
  }

  @Test
  void closingReleasesEveryCallerThreadAndSocket() throws Exception {
    String atMaster = clients(stage.master);
    String atReplica = clients(stage.one);
    RedisFailoverClient redis = stage.client(b -> b.clientName("closing"));
    redis.set("k", "v");
    redis.get("k");
    Future<?> popping = stage.callers.submit(() -> redis.blpop(0, "list"));
    stage.callers.stayBlocked(popping);
    stage.source.say(List.of(NodeView.replica(stage.one.address())));
    Future<?> waiting = stage.callers.submit(() -> redis.incr("n"));
    stage.callers.stayBlocked(waiting);

    redis.close();
    redis.close();
    assertThatThrownBy(() -> popping.get(3, TimeUnit.SECONDS))
        .hasCauseInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(() -> waiting.get(3, TimeUnit.SECONDS))
        .hasCauseInstanceOf(JedisException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> redis.get("k")).isInstanceOf(JedisException.class);
    assertThat(stage.source.closed).isTrue();
    await()
        .untilAsserted(
            () -> {
              assertThat(Thread.getAllStackTraces().keySet())
                  .noneMatch(t -> t.getName().startsWith("ha-closing"));
              assertThat(clients(stage.master)).isEqualTo(atMaster);
              assertThat(clients(stage.one)).isEqualTo(atReplica);
            });
  }

  private static String clients(RedisNode node) {
    return node.info("clients").get("connected_clients");
  }
}
