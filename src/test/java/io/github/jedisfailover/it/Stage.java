package io.github.jedisfailover.it;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.Access;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.TopologyView;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A group, three voters and a client in this JVM. */
final class Stage implements AutoCloseable {
  static final Duration DOWN_AFTER = Duration.ofSeconds(1);

  private final RedisServers servers;
  private final RedisGroup group;
  private final LocalMonitors monitors;
  private final RedisFailoverClient client;

  private Stage(Access access, int replicas) {
    servers = RedisServers.open(access);
    group = servers.group(replicas);
    monitors = LocalMonitors.start(servers, group, DOWN_AFTER);
    client =
        RedisFailoverClient.builder()
            .masterName(LocalMonitors.NAME)
            .clientName("it")
            .nodes(group.addresses())
            .clientConfig(access.client().build())
            .monitor(monitors.first())
            .build();
  }

  static Stage open(int replicas) {
    return open(Access.OPEN, replicas);
  }

  static Stage open(Access access, int replicas) {
    Stage stage = new Stage(access, replicas);
    stage.monitors.awaitAgreement(stage.group, stage.group.master()).awaitVotes();
    return stage;
  }

  /** A client that is no voter and follows the voters of this stage. */
  RedisFailoverClient observer() {
    return RedisFailoverClient.builder()
        .masterName(LocalMonitors.NAME)
        .clientName("observer")
        .nodes(group.addresses())
        .monitor(monitors.observer())
        .build();
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

  /** Starts a killed node again, and waits until the whole group is as before. */
  void returnAsReplica(RedisNode node, RedisNode master) {
    node.startAsReplicaOf(master);
    group.awaitInSync(master);
    monitors.awaitAgreement(group, master);
  }

  /** Whether this client or voter takes this node for the master. */
  static boolean knows(TopologyView topology, RedisNode master) {
    return topology
        .current()
        .master()
        .filter(m -> m.address().equals(master.address()))
        .isPresent();
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
