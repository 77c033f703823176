package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisException;

/** A master that takes no writes for a while. Used by one thread. */
final class WritePause {
  /** As a planned switchover: longer than this nobody's write waits. */
  private static final long PAUSE_MILLIS = 1_500;

  /** What is left then is for the orders that follow. */
  private static final long CATCH_UP_MILLIS = 1_000;

  private static final long LOOK_MILLIS = 10;

  private final NodeOrders orders;
  private final MonotonicClock clock;
  private final NodeAddress master;
  private final long startMillis;

  WritePause(NodeOrders orders, MonotonicClock clock, NodeAddress master) {
    this.orders = orders;
    this.clock = clock;
    this.master = master;
    this.startMillis = clock.millis(); // before the order: the master's pause begins later
  }

  /**
   * @return why the replica has not all that the master has; empty if it has
   */
  Optional<String> untilCopiedBy(NodeAddress replica) {
    try {
      orders.pauseWrites(master, PAUSE_MILLIS);
    } catch (JedisException e) {
      return Optional.of(
          "ABORTED the master " + master + " does not pause its writes: " + e.getMessage());
    }
    Optional<NodeWord> paused = orders.ask(master);
    if (paused.isEmpty()) {
      return Optional.of("ABORTED the master " + master + " does not tell where it stands");
    }
    long wanted = paused.get().info().offset();
    while (true) {
      boolean copied = orders.ask(replica).filter(w -> w.info().offset() >= wanted).isPresent();
      if (passedMillis() > CATCH_UP_MILLIS) {
        return Optional.of(
            "ABORTED " + replica + " did not catch up within " + CATCH_UP_MILLIS + " ms");
      }
      if (copied) {
        return Optional.empty();
      }
      if (!DaemonThreads.pause(LOOK_MILLIS)) {
        return Optional.of("ABORTED interrupted");
      }
    }
  }

  private long passedMillis() {
    return clock.millis() - startMillis;
  }

  /** From here on the master may have taken writes again. */
  boolean isOver() {
    return passedMillis() >= PAUSE_MILLIS;
  }

  String tooLate() {
    return master + " takes writes again, its pause of " + PAUSE_MILLIS + " ms was over too soon";
  }

  /** Ends by itself if this fails. */
  void end() {
    orders.unpause(master);
  }
}
