package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.config.PromoteOption;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/** One promotion by hand: asks, checks, and makes the replica the master. Used by one thread. */
final class Promotion {
  private static final Logger log = LoggerFactory.getLogger(Promotion.class);

  /** As a planned switchover: longer than this nobody's write waits. */
  private static final long PAUSE_MILLIS = 1_500;

  private static final long CATCH_UP_MILLIS = 1_000;
  private static final long LOOK_MILLIS = 10;

  private final NodeOrders orders;
  private final MonotonicClock clock;
  private final NodeAddress target;
  private final boolean forced;
  private final StaticRule.Known known;
  private boolean oldMasterTold;

  Promotion(
      NodeOrders orders,
      MonotonicClock clock,
      NodeAddress target,
      Set<PromoteOption> options,
      StaticRule.Known known) {
    this.orders = orders;
    this.clock = clock;
    this.target = target;
    this.forced = options.contains(PromoteOption.FORCE);
    this.known = known;
  }

  /**
   * @return why it is not done; empty if it was
   */
  Optional<String> run(List<NodeAddress> nodes) {
    Map<NodeAddress, NodeWord> answers = new HashMap<>();
    nodes.forEach(n -> orders.ask(n).ifPresent(w -> answers.put(n, w)));
    Optional<String> no = PromotionRule.impossible(target, answers, known);
    if (no.isPresent()) {
      return no;
    }
    Optional<String> doubt = PromotionRule.doubt(target, answers, known);
    if (doubt.isPresent() && !forced) {
      return doubt;
    }
    doubt.ifPresent(d -> log.warn("[promote] {} is promoted by force although: {}", target, d));
    NodeWord old = known.master() == null ? null : answers.get(known.master());
    return old != null && old.master() ? handOver() : promote();
  }

  /** Whether the old master lived and was made a replica. */
  boolean oldMasterTold() {
    return oldMasterTold;
  }

  private Optional<String> promote() {
    try {
      orders.promote(target);
      return Optional.empty();
    } catch (JedisException e) {
      return Optional.of("ABORTED " + target + " does not become a master: " + e.getMessage());
    }
  }

  /** Its writes wait until the replica has all of them. */
  private Optional<String> handOver() {
    NodeAddress old = known.master();
    Optional<String> notReady = pause(old);
    if (notReady.isPresent() && !forced) {
      orders.unpause(old);
      return notReady;
    }
    Optional<String> refusal = promote();
    if (refusal.isEmpty()) {
      demote(old);
    }
    orders.unpause(old);
    return refusal;
  }

  private Optional<String> pause(NodeAddress old) {
    try {
      orders.pauseWrites(old, PAUSE_MILLIS);
    } catch (JedisException e) {
      return Optional.of(
          "ABORTED the master " + old + " does not pause its writes: " + e.getMessage());
    }
    long end = clock.millis() + CATCH_UP_MILLIS;
    long wanted = orders.ask(old).map(w -> w.info().offset()).orElse(Long.MAX_VALUE);
    while (clock.millis() < end) {
      if (orders.ask(target).filter(w -> w.info().offset() >= wanted).isPresent()) {
        return Optional.empty();
      }
      if (!DaemonThreads.pause(LOOK_MILLIS)) {
        return Optional.of("ABORTED interrupted");
      }
    }
    return Optional.of("ABORTED " + target + " did not catch up within " + CATCH_UP_MILLIS + " ms");
  }

  private void demote(NodeAddress old) {
    try {
      orders.replicaOf(old, target);
      oldMasterTold = true;
    } catch (JedisException e) {
      log.warn("[promote] the old master {} is not demoted yet: {}", old, e.getMessage());
      oldMasterTold = true; // it lived: it is told again until it obeys
    }
  }
}
