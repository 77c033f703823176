package io.github.jedisfailover.client;

import static io.github.jedisfailover.client.JedisPoolIT.counts;
import static io.github.jedisfailover.client.JedisPoolIT.port;
import static io.github.jedisfailover.client.JedisPoolIT.size;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.JedisFailoverPool;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.ReplicaUnavailableException;
import io.github.jedisfailover.topology.NodeView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Users of the pool when the master dies, freezes or is left, or the pool is closed. */
class JedisPoolFaultsIT {
  private final FaultStage stage = new FaultStage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aBorrowerWaitsForTheNextMaster() throws Exception {
    try (JedisFailoverPool pool = stage.pool()) {
      pool.addObjects(2);
      stage.master.kill();
      Future<Jedis> waiting = stage.callers.submit(() -> pool.getResource());
      await().until(() -> stage.source.hints.contains(stage.master.address()));
      stage.switchToOne();
      try (Jedis jedis = waiting.get(5, TimeUnit.SECONDS)) {
        assertThat(port(jedis)).isEqualTo(stage.one.port());
        assertThat(jedis.set("k", "v")).isEqualTo("OK");
      }
    }
  }

  @Test
  void aBorrowerWaitsForMaxWaitAndIsToldHowOftenItTried() {
    try (JedisFailoverPool pool = stage.pool(b -> b.poolConfig(size(8, 500)))) {
      stage.master.kill();
      assertThatThrownBy(pool::getResource)
          .isInstanceOf(MasterUnavailableException.class)
          .hasMessageMatching(
              "Master group 'mymaster': no connection to a master within 5\\d\\d ms"
                  + " \\([1-9]\\d* attempts; pool '.+': 0 of 8 in use, 0 idle, 0 waiting\\)")
          .hasStackTraceContaining("Connection refused");
      stage.source.say(List.of(NodeView.replica(stage.one.address())));
      assertThatThrownBy(pool::getResource)
          .isInstanceOf(MasterUnavailableException.class)
          .hasMessageContaining("(0 attempts; ");
      assertThat(counts(pool)).isEqualTo("active 0, idle 0, waiting 0");
    }
  }

  /** Two have a place and look for a master, the others are in the line. */
  @Test
  void callersInTheLineAreToldThatThereIsNoMaster() throws Exception {
    try (JedisFailoverPool pool = stage.pool(b -> b.poolConfig(size(2, 1_000)))) {
      stage.source.say(List.of(NodeView.replica(stage.one.address())));
      List<Future<Jedis>> waiting = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        waiting.add(stage.callers.submit(() -> pool.getResource()));
      }
      await().until(() -> pool.getNumWaiters() == 6);
      for (Future<Jedis> each : waiting) {
        assertThatThrownBy(() -> each.get(5, TimeUnit.SECONDS))
            .hasCauseInstanceOf(MasterUnavailableException.class)
            .hasMessageContaining(" of 2 in use");
      }
      assertThat(counts(pool)).isEqualTo("active 0, idle 0, waiting 0");
    }
  }

  @Test
  void anInterruptEndsTheWaitForAMasterAndInTheLine() throws Exception {
    try (JedisFailoverPool pool = stage.pool(b -> b.poolConfig(size(1, 20_000)))) {
      stage.source.say(List.of(NodeView.replica(stage.one.address())));
      Future<Boolean> seeking = stage.callers.submit(() -> isInterrupted(pool));
      await().until(() -> pool.getNumWaiters() == 1);
      Future<Boolean> inLine = stage.callers.submit(() -> isInterrupted(pool));
      await().until(() -> pool.getNumWaiters() == 2);
      stage.callers.interrupt(inLine);
      assertThat(inLine.get(3, TimeUnit.SECONDS)).as("the flag is kept").isTrue();
      stage.callers.interrupt(seeking);
      assertThat(seeking.get(3, TimeUnit.SECONDS)).as("the flag is kept").isTrue();
      assertThat(counts(pool)).isEqualTo("active 0, idle 0, waiting 0");
      stage.source.say(stage.master);
      pool.getResource().close();
    }
  }

  private static boolean isInterrupted(JedisFailoverPool pool) {
    assertThatThrownBy(pool::getResource)
        .isInstanceOf(JedisException.class)
        .hasMessageMatching(
            "Master group 'mymaster': interrupted after \\d+ ms of waiting for a Jedis object"
                + " \\(pool '.+': 0 of 1 in use, 0 idle, \\d waiting\\)");
    return Thread.currentThread().isInterrupted();
  }

  @Test
  void aDemotedMasterThatNobodyToldOfIsNotLentAgain() throws Exception {
    try (JedisFailoverPool pool = stage.pool()) {
      pool.addObjects(3);
      stage.syncReplicas();
      stage.one.promote();
      stage.master.replicaOf(stage.one);
      try (Jedis jedis = pool.getResource()) {
        assertThatThrownBy(() -> jedis.incr("n"))
            .isInstanceOf(JedisDataException.class)
            .hasMessageStartingWith("READONLY");
      }
      assertThat(stage.source.hints).contains(stage.master.address());
      Future<Jedis> waiting = stage.callers.submit(() -> pool.getResource());
      stage.callers.stayBlocked(waiting);
      stage.source.say(stage.one, stage.two);
      try (Jedis jedis = waiting.get(3, TimeUnit.SECONDS)) {
        assertThat(jedis.incr("n")).isEqualTo(1);
      }
    }
  }

  @Test
  void objectsOnLoanAreCutLooseFromAFrozenMaster() throws Exception {
    try (JedisFailoverPool pool = stage.pool(b -> b.poolConfig(size(2, 10_000)))) {
      Jedis writer = pool.getResource();
      Jedis popper = pool.getResource();
      stage.syncReplicas();
      stage.master.freeze();
      Future<?> write = stage.callers.submit(() -> writer.incr("n"));
      Future<?> pop = stage.callers.submit(() -> popper.blpop(0, "list"));
      Future<Jedis> waiter = stage.callers.submit(() -> pool.getResource());
      stage.callers.stayBlocked(write, pop, waiter);
      stage.switchToOne();
      // The socket time-out is 20 s: only the cut can end the calls this early.
      assertThatThrownBy(() -> write.get(3, TimeUnit.SECONDS))
          .hasCauseInstanceOf(JedisConnectionException.class);
      assertThatThrownBy(() -> pop.get(3, TimeUnit.SECONDS))
          .hasCauseInstanceOf(JedisConnectionException.class);
      assertThatThrownBy(() -> writer.get("k")).isInstanceOf(JedisConnectionException.class);
      writer.close();
      popper.close();
      try (Jedis jedis = waiter.get(3, TimeUnit.SECONDS)) {
        assertThat(jedis.incr("n")).isEqualTo(1);
      }
    } finally {
      stage.master.thaw();
    }
  }

  @Test
  void givingBackABrokenObjectNeverConnectsInThatThread() throws Exception {
    try (JedisFailoverPool pool = stage.pool(b -> b.poolConfig(size(1, 10_000)))) {
      Jedis only = pool.getResource();
      stage.syncReplicas();
      stage.master.freeze();
      Future<Jedis> waiter = stage.callers.submit(() -> pool.getResource());
      await().until(() -> pool.getNumWaiters() == 1);
      Future<?> back = stage.callers.submit(() -> pool.returnBrokenResource(only));
      back.get(5, TimeUnit.SECONDS); // to connect takes the socket time-out of 20 s
      stage.callers.stayBlocked(waiter); // it connects for itself
      stage.switchToOne();
      assertThat(port(waiter.get(3, TimeUnit.SECONDS))).isEqualTo(stage.one.port());
    } finally {
      stage.master.thaw();
    }
  }

  @Test
  void aPoolOfReplicasIsConnectedToReplicasInTurn() {
    try (JedisFailoverPool pool = stage.pool(b -> b.readFrom(ReadFrom.REPLICA))) {
      Set<Integer> ports = new HashSet<>();
      List<Jedis> borrowed = List.of(pool.getResource(), pool.getResource());
      for (Jedis jedis : borrowed) {
        ports.add(port(jedis));
        assertThatThrownBy(() -> jedis.set("k", "v"))
            .isInstanceOf(JedisDataException.class)
            .hasMessageStartingWith("READONLY");
        jedis.close();
      }
      assertThat(ports).containsExactlyInAnyOrder(stage.one.port(), stage.two.port());
    }
  }

  @Test
  void aPromotedReplicaLeavesThePoolOfReplicas() {
    try (JedisFailoverPool pool =
        stage.pool(b -> b.readFrom(ReadFrom.REPLICA).poolConfig(size(8, 300)))) {
      pool.addObjects(4);
      stage.switchToOne();
      List<Jedis> borrowed =
          List.of(pool.getResource(), pool.getResource(), pool.getResource(), pool.getResource());
      assertThat(borrowed).allMatch(jedis -> port(jedis) == stage.two.port());
      stage.two.kill();
      assertThatThrownBy(() -> borrowed.get(0).get("k"))
          .isInstanceOf(JedisConnectionException.class);
      borrowed.forEach(Jedis::close);
      assertThatThrownBy(pool::getResource)
          .isInstanceOf(ReplicaUnavailableException.class)
          .hasMessageStartingWith("Master group 'mymaster': no connection to a replica within ");
    }
  }

  @Test
  void thePreferredRoleIsTakenUpAgain() {
    try (JedisFailoverPool pool = stage.pool(b -> b.readFrom(ReadFrom.REPLICA_PREFERRED))) {
      stage.source.say(stage.master);
      try (Jedis jedis = pool.getResource()) {
        assertThat(port(jedis)).isEqualTo(stage.master.port());
      }
      stage.source.say(stage.master, stage.one);
      try (Jedis jedis = pool.getResource()) {
        assertThat(port(jedis)).isEqualTo(stage.one.port());
      }
    }
  }

  @Test
  void closingReleasesEveryCallerThreadAndSocket() throws Exception {
    String before = stage.master.info("clients").get("connected_clients");
    JedisFailoverPool pool = stage.pool(b -> b.clientName("closing").poolConfig(size(1, 20_000)));
    Jedis held = pool.getResource();
    Future<?> popping = stage.callers.submit(() -> held.blpop(0, "list"));
    List<Future<Jedis>> waiting = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      waiting.add(stage.callers.submit(() -> pool.getResource()));
    }
    await().until(() -> pool.getNumWaiters() == 30);
    stage.callers.stayBlocked(popping);

    pool.close();
    pool.close();
    assertThatThrownBy(() -> popping.get(3, TimeUnit.SECONDS))
        .hasCauseInstanceOf(JedisConnectionException.class);
    for (Future<Jedis> each : waiting) {
      assertThatThrownBy(() -> each.get(3, TimeUnit.SECONDS))
          .hasCauseInstanceOf(JedisException.class)
          .hasMessageContaining("Client 'closing' is closed");
    }
    assertThatThrownBy(pool::getResource).hasMessageContaining("closed");
    held.close();
    assertThat(pool.isClosed()).isTrue();
    assertThat(stage.source.closed).isTrue();
    await()
        .untilAsserted(
            () -> {
              assertThat(Thread.getAllStackTraces().keySet())
                  .noneMatch(t -> t.getName().startsWith("ha-closing"));
              assertThat(stage.master.info("clients").get("connected_clients")).isEqualTo(before);
            });
  }
}
