package io.github.jedisfailover.it;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testsupport.LocalMonitors;
import io.github.jedisfailover.testsupport.RedisGroup;
import io.github.jedisfailover.testsupport.RedisNode;
import io.github.jedisfailover.testsupport.RedisServers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A group, three voters and a client in this JVM. */
final class Stage implements AutoCloseable {
  static final Duration DOWN_AFTER = Duration.ofSeconds(1);

  private final RedisServers servers = RedisServers.open();
  private final RedisGroup group;
  private final LocalMonitors monitors;
  private final RedisFailoverClient client;

  private Stage(int replicas) {
    group = servers.group(replicas);
    monitors = LocalMonitors.start(servers, group, DOWN_AFTER);
    client =
        RedisFailoverClient.builder()
            .masterName(LocalMonitors.NAME)
            .clientName("it")
            .nodes(group.addresses())
            .monitor(monitors.first())
            .build();
  }

  static Stage open(int replicas) {
    Stage stage = new Stage(replicas);
    stage.monitors.awaitAgreement(stage.group, stage.group.master());
    // Voters without a state file give no vote before they have heard each other.
    holds(Duration.ofSeconds(5), () -> true);
    return stage;
  }

  RedisServers servers() {
    return servers;
  }

  RedisGroup group() {
    return group;
  }

  LocalMonitors monitors() {
    return monitors;
  }

  RedisFailoverClient client() {
    return client;
  }

  /** Waits until the client writes to another master than this one. */
  RedisNode awaitClientLeft(RedisNode old) {
    await("the client has left " + old)
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                client
                    .topology()
                    .current()
                    .master()
                    .filter(m -> !m.address().equals(old.address()))
                    .isPresent());
    return group.awaitMasterOtherThan(old);
  }

  /**
   * Starts a killed node as an administrator would: its configuration names the master, so that it
   * is back at once. (Without it the monitors demote it, which takes Sentinel's patience.)
   */
  void returnAsReplica(RedisNode node, RedisNode master) {
    node.start("--replicaof", master.address().host() + " " + master.port());
    group.awaitInSync(master);
    monitors.awaitAgreement(group, master);
  }

  /** Whether this stays true for so long. */
  static boolean holds(Duration time, BooleanSupplier condition) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      if (!condition.getAsBoolean()) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return true;
  }

  @Override
  public void close() {
    client.close();
    monitors.close();
    servers.close();
  }
}
