package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Protocol;

/** Idle connections of a master that is gone, before anybody has told the client. */
class EndedMasterIT {
  private static final int CALLERS = 4;

  private final RedisServers servers = RedisServers.open();
  private final RedisNode master = servers.start();
  private final HandFedSource source = new HandFedSource();
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
  private RedisFailoverClient redis;

  @AfterEach
  void close() {
    callers.shutdownNow();
    if (redis != null) {
      redis.close();
    }
    servers.close();
  }

  private RedisFailoverClient client() {
    source.say(List.of(NodeView.master(master.address())));
    redis =
        RedisFailoverClient.builder()
            .nodes(master.address())
            .source(source)
            .callTimeout(Duration.ofMillis(300))
            .build();
    List<AbstractTransaction> borrowed = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      borrowed.add(redis.transaction(false));
    }
    borrowed.forEach(held -> held.get("n"));
    borrowed.forEach(AbstractTransaction::close);
    return redis;
  }

  @RepeatedTest(10)
  void aWriteThatBeginsAfterTheEndWasCertainlyNotApplied() throws Exception {
    RedisFailoverClient client = client();
    client.incr("n");
    master.kill();

    List<Future<Throwable>> outcomes = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      outcomes.add(callers.submit(() -> failureOf(() -> client.incr("n"))));
    }
    for (Future<Throwable> outcome : outcomes) {
      assertThat(outcome.get()).isInstanceOf(MasterUnavailableException.class);
    }
  }

  private static Throwable failureOf(Runnable call) {
    try {
      call.run();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  @Test
  void theEndOfTheSilentConnectionAloneCostsNoOtherConnection() {
    RedisFailoverClient client = client();
    Object connection = client.sendCommand(Protocol.Command.CLIENT, "ID");
    List<String> silent = silentConnections();
    assertThat(silent).hasSize(1);

    master.command("CLIENT", "KILL", "ID", silent.get(0));

    assertThat(client.incr("n")).isEqualTo(1);
    assertThat(client.sendCommand(Protocol.Command.CLIENT, "ID")).isEqualTo(connection);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              client.incr("n");
              assertThat(silentConnections()).as("opened again").hasSize(1);
            });
  }

  /** Those that have never sent a command. */
  private List<String> silentConnections() {
    return master
        .command("CLIENT", "LIST")
        .toString()
        .lines()
        .filter(line -> line.contains(" cmd=NULL "))
        .map(line -> line.replaceFirst("id=(\\d+) .*", "$1"))
        .toList();
  }
}
