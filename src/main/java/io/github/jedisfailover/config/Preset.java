package io.github.jedisfailover.config;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Settings that belong together, each with its price. A preset sets what its text names and nothing
 * else; for the embedded monitors it is set on {@link MonitorConfig.Builder} too, with the same
 * value in all JVMs of the group.
 */
public enum Preset {
  /**
   * Back within about two seconds. Monitors: {@code downAfter} 1 s, {@code failoverTimeout} 10 s.
   * Client: {@code callTimeout} 5 s, connection time-out 500 ms, socket time-out 1 s, back-off 2 to
   * 50 ms.
   *
   * <p>The price: a pause of the master of one second (a long script, a fork on a busy host, a
   * short cut of the network) is taken for its death, and each failover can lose the writes that
   * were not copied yet. A command that runs longer than one second fails.
   */
  FAST_FAILOVER(
      client ->
          client
              .callTimeout(Duration.ofSeconds(5))
              .socketTimeouts(Duration.ofMillis(500), Duration.ofSeconds(1))
              .backoff(Duration.ofMillis(2), Duration.ofMillis(50)),
      monitor -> monitor.downAfter(Duration.ofSeconds(1)).failoverTimeout(Duration.ofSeconds(10))),

  /**
   * No failover without need, no stale read. Monitors: {@code downAfter} 30 s, {@code
   * failoverTimeout} 180 s, {@code parallelSyncs} 1. Client: reads from the master alone, {@code
   * callTimeout} 60 s, which a failover fits into.
   *
   * <p>The price: when the master really dies, calls wait for more than half a minute and the
   * callers' threads with them; replicas carry no load.
   */
  CONSERVATIVE(
      client -> client.readFrom(ReadFrom.MASTER).callTimeout(Duration.ofSeconds(60)),
      monitor ->
          monitor
              .downAfter(Duration.ofSeconds(30))
              .failoverTimeout(Duration.ofSeconds(180))
              .parallelSyncs(1)),

  /**
   * Replicas carry the reads. Monitors: {@code downAfter} 5 s, {@code failoverTimeout} 60 s, {@code
   * parallelSyncs} 1, so that after a failover one replica at a time copies the data and the others
   * serve. Client: reads from replicas, from the master if there is none; 64 connections per node.
   *
   * <p>The price: a read may miss the newest writes, the caller's own too; each node holds up to 64
   * connections per client.
   */
  READ_HEAVY(
      client -> client.readFrom(ReadFrom.REPLICA_PREFERRED).connectionsPerNode(64),
      monitor ->
          monitor
              .downAfter(Duration.ofSeconds(5))
              .failoverTimeout(Duration.ofSeconds(60))
              .parallelSyncs(1));

  private final Consumer<FailoverConfig.Builder> client;
  private final Consumer<MonitorConfig.Builder> monitor;

  Preset(Consumer<FailoverConfig.Builder> client, Consumer<MonitorConfig.Builder> monitor) {
    this.client = client;
    this.monitor = monitor;
  }

  void apply(FailoverConfig.Builder builder) {
    client.accept(builder);
  }

  void apply(MonitorConfig.Builder builder) {
    monitor.accept(builder);
  }
}
