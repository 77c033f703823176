package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.config.PromoteOption;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** One promotion by hand: asks, checks, and makes the replica the master. Used by one thread. */
final class Promotion {
  private static final Logger log = LoggerFactory.getLogger(Promotion.class);

  private final NodeOrders orders;
  private final MonotonicClock clock;
  private final NodeAddress target;
  private final boolean forced;
  private final StaticRule.Known known;
  private boolean handedOver;

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
    Map<NodeAddress, NodeWord> answers = new TreeMap<>();
    nodes.forEach(n -> orders.ask(n).ifPresent(w -> answers.put(n, w)));
    Optional<String> no = PromotionRule.impossible(target, answers, known);
    if (no.isPresent()) {
      return no;
    }
    List<String> doubts = PromotionRule.doubts(target, answers, known);
    if (!doubts.isEmpty() && !forced) {
      return Optional.of(String.join("; ", doubts));
    }
    doubts.forEach(this::overruled);
    NodeWord old = known.master() == null ? null : answers.get(known.master());
    return old != null && old.master() ? handOver() : promote();
  }

  private void overruled(String doubt) {
    log.warn("{} is promoted by force although: {}", target, doubt);
  }

  /** Whether the old master lived, and has to be a replica from now on. */
  boolean handedOver() {
    return handedOver;
  }

  /** An order without a reply may have been obeyed: the node says what it is. */
  private Optional<String> promote() {
    try {
      orders.promote(target);
      return Optional.empty();
    } catch (JedisDataException e) {
      return Optional.of("ABORTED " + target + " does not become a master: " + e.getMessage());
    } catch (JedisException e) {
      Optional<NodeWord> word = orders.ask(target);
      if (word.filter(NodeWord::master).isPresent()) {
        return Optional.empty();
      }
      return Optional.of(
          "ABORTED "
              + target
              + (word.isPresent()
                  ? " does not become a master: "
                  : " was told to become a master and is silent since, it may be a second one: ")
              + e.getMessage());
    }
  }

  /** Its writes wait until the replica has all of them. */
  private Optional<String> handOver() {
    NodeAddress old = known.master();
    WritePause pause = new WritePause(orders, clock, old);
    Optional<String> notReady = pause.untilCopiedBy(target);
    if (notReady.isPresent() && (!forced || Thread.currentThread().isInterrupted())) {
      pause.end();
      return notReady;
    }
    notReady.ifPresent(this::overruled);
    Optional<String> no = promote();
    if (no.isEmpty()) {
      no = pause.isOver() && !forced ? takenBack(pause.tooLate()) : demote(pause);
    }
    pause.end();
    return no;
  }

  /** A master that refuses stays the only one; one that is silent has to follow when it is back. */
  private Optional<String> demote(WritePause pause) {
    NodeAddress old = known.master();
    handedOver = true;
    try {
      orders.replicaOf(old, target);
      if (pause.isOver()) {
        log.warn("{} became a replica after its pause: writes of the last moment are lost", old);
      }
      return Optional.empty();
    } catch (JedisException e) {
      Optional<NodeWord> word = orders.ask(old);
      if (word.filter(w -> !w.master()).isPresent()) {
        return Optional.empty(); // the reply alone was lost
      }
      if (word.isPresent() && !forced) {
        handedOver = false;
        return takenBack(old + " does not become a replica: " + e.getMessage());
      }
      log.warn(
          "{} is no replica yet and is told again: what is written there until then is lost: {}",
          old,
          e.getMessage());
      return Optional.empty();
    }
  }

  /** Nobody was told of the new master, so nobody wrote there. */
  private Optional<String> takenBack(String why) {
    try {
      orders.replicaOf(target, known.master());
      return Optional.of("ABORTED and taken back: " + why);
    } catch (JedisException e) {
      return Optional.of(
          "ABORTED " + why + "; " + target + " may be a second master, it is not taken back: " + e);
    }
  }
}
