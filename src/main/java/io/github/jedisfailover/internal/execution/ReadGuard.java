package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.internal.lag.Need;
import io.github.jedisfailover.internal.lag.Proofs;
import io.github.jedisfailover.internal.pool.NodePool;
import io.github.jedisfailover.internal.probe.Probes;
import io.github.jedisfailover.internal.probe.ReplicationInfo;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import java.time.Duration;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Lets a read to a replica only if the replica is proven to have what the read must see. The master
 * needs no proof. Thread-safe.
 */
final class ReadGuard {
  private final Probes probes;
  private final MonotonicClock clock;
  private final Need bounds;
  private final Duration pace;
  private final SessionState session;

  /**
   * @param session {@code null} for bounds on the lag alone
   */
  ReadGuard(Probes probes, MonotonicClock clock, ReadFrom policy, SessionState session) {
    this.probes = probes;
    this.clock = clock;
    this.session = session;
    bounds =
        Need.within(
            policy.maxLag().map(Duration::toNanos).orElse(-1L), policy.maxLagBytes().orElse(-1));
    Duration forBound = policy.maxLag().map(Probes::paceFor).orElse(Probes.SESSION_PACE);
    boolean also = session != null || policy.maxLagBytes().isPresent();
    pace = also && forBound.compareTo(Probes.SESSION_PACE) > 0 ? Probes.SESSION_PACE : forBound;
  }

  static boolean isNeededFor(ReadFrom policy) {
    return policy.maxLag().isPresent() || policy.maxLagBytes().isPresent();
  }

  /** For one read. */
  Call call() {
    return new Call(this, need());
  }

  /**
   * One read, with all its attempts.
   *
   * @param need what it must see
   */
  record Call(ReadGuard guard, Need need) {
    /** Whether it goes to the master when no replica has what it needs, whatever the policy. */
    boolean fallsBackToMaster() {
      return guard.session != null;
    }

    boolean admits(Lane lane) {
      return guard.admits(lane, need);
    }

    /**
     * Runs it on a connection of the lane.
     *
     * @throws TooStaleException if the proof does not reach to the end of the read
     */
    <T> T run(Lane lane, Connection connection, CommandObject<T> command) {
      return guard.run(lane, connection, command, need);
    }
  }

  private Need need() {
    Need need = session == null ? bounds : session.need(bounds);
    if (need.maxLagNanos() >= 0 || need.maxLagBytes() >= 0) {
      probes.demand(pace);
    }
    return need;
  }

  private boolean admits(Lane lane, Need need) {
    if (lane.pool().role() == NodeRole.MASTER) {
      return true;
    }
    if (session != null && session.isWriting()) {
      return false;
    }
    boolean proven =
        need.isNothing() || probes.proofs().satisfies(lane.pool().address(), need, clock.nanos());
    if (!proven) {
      probes.demand(pace); // what a session has written is proven once and for all
    }
    return proven;
  }

  private <T> T run(Lane lane, Connection connection, CommandObject<T> command, Need need) {
    if (lane.pool().role() == NodeRole.MASTER || need.isNothing()) {
      return connection.executeCommand(command);
    }
    NodeAddress node = lane.pool().address();
    Proofs.Standing standing = verified(node, connection, need);
    T reply = connection.executeCommand(command);
    // The reply may have taken long: the bound is to hold when the caller gets it. Not by a newer
    // proof: that may be of the process that took this one's place.
    if (need.maxLagNanos() >= 0 && clock.nanos() - standing.provenNanos() > need.maxLagNanos()) {
      throw new TooStaleException(node);
    }
    return reply;
  }

  /**
   * A proof is of the process that answered the probe. A connection that was made later may lead to
   * another one, which started again without its data: it has to tell for itself.
   */
  private Proofs.Standing verified(NodeAddress node, Connection connection, Need need) {
    Proofs proofs = probes.proofs();
    if (!speaksFor(proofs, node, connection)) {
      ask(proofs.reign(), node, connection);
      proofs = probes.proofs();
    }
    if (!speaksFor(proofs, node, connection) || !proofs.satisfies(node, need, clock.nanos())) {
      throw new TooStaleException(node);
    }
    return proofs.standing(node);
  }

  private void ask(Proofs.Reign reign, NodeAddress node, Connection connection) {
    long asked = clock.nanos();
    try {
      ReplicationInfo.ask(connection)
          .ifPresent(progress -> probes.told(reign, node, asked, progress));
    } catch (JedisDataException e) {
      // loading, or the user may not ask: nothing is proven, and the caller asked for no INFO
    }
  }

  private static boolean speaksFor(Proofs proofs, NodeAddress node, Connection connection) {
    Proofs.Standing standing = proofs.standing(node);
    return standing != null && NodePool.wasOpenAt(connection, standing.askedNanos());
  }

  /** A command that may write has ended. */
  void wrote() {
    if (session != null) {
      session.wrote();
    }
  }
}
