package io.github.jedisfailover;

import io.github.jedisfailover.config.PromoteOption;
import io.github.jedisfailover.exceptions.SwitchoverFailedException;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.internal.runtime.TopologyHub;
import io.github.jedisfailover.internal.source.PromotableSource;
import io.github.jedisfailover.internal.source.SwitchoverSource;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import io.github.jedisfailover.topology.TopologySource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Planned changes of the master, by whichever means the source of one client has. Thread-safe. */
final class Handover {
  static final Duration LIMIT = Duration.ofSeconds(30);

  private final String group;
  private final TopologySource source;
  private final TopologyHub hub;
  private final MonotonicClock clock;
  private final BooleanSupplier closed;

  Handover(
      String masterName,
      TopologySource source,
      TopologyHub hub,
      MonotonicClock clock,
      BooleanSupplier closed) {
    this.group = "Master group '" + masterName + "': ";
    this.source = source;
    this.hub = hub;
    this.clock = clock;
    this.closed = closed;
  }

  /** Returns when this client knows the new master. */
  void promote(NodeAddress target, Set<PromoteOption> options) {
    if (!(source instanceof PromotableSource able)) {
      throw new UnsupportedOperationException(
          "promote needs staticNodes: with monitors or Sentinels use switchover");
    }
    able.promote(target, options)
        .ifPresent(
            reason -> {
              throw new SwitchoverFailedException(group + reason);
            });
  }

  /** Returns when this client knows another master than the one it knew before. */
  void switchover(Optional<NodeAddress> to) {
    if (!(source instanceof SwitchoverSource able)) {
      throw new UnsupportedOperationException(
          "static nodes and a source of the application's own cannot switch");
    }
    long start = clock.nanos();
    Optional<NodeAddress> old = hub.current().master().map(NodeView::address);
    able.switchover(to, LIMIT)
        .ifPresent(
            reason -> {
              throw new SwitchoverFailedException(group + reason);
            });
    TopologySnapshot now = hub.current();
    while (now.master().isEmpty() || now.master().map(NodeView::address).equals(old)) {
      Duration left = LIMIT.minusNanos(clock.nanos() - start);
      if (left.isNegative() || closed.getAsBoolean()) {
        throw new SwitchoverFailedException(
            group + "ERR no new master within " + LIMIT.toMillis() + " ms");
      }
      now = hub.awaitNewerThan(now.version(), left).orElse(hub.current());
    }
  }
}
