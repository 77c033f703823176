package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.ReplicaUnavailableException;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.RouteTable;
import java.time.Duration;
import java.util.NoSuchElementException;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Borrows from a pool of {@code Jedis} objects until one deadline: through times without a node,
 * and again after each attempt to connect that failed. Thread-safe.
 */
public final class JedisLoans {
  /** Commons Pool wakes nobody when an object is discarded while it is lent. */
  private static final Duration LONGEST_NAP = Duration.ofMillis(50);

  private final CallContext context;
  private final CallRetry retry;

  public JedisLoans(CallContext context) {
    this.context = context;
    this.retry = new CallRetry(context);
  }

  /** One attempt; Commons Pool's {@code borrowObject}. */
  @FunctionalInterface
  public interface Attempted {
    Jedis within(Duration maxWait) throws Exception;
  }

  /**
   * @param maxWait of the pool; negative if it is not set: then the call's time-out
   * @param blocks whether to wait at all while all objects are in use
   * @param pool makes one attempt
   * @throws MasterUnavailableException if no node was to be had in time
   * @throws ReplicaUnavailableException the same, if only replicas were asked for
   * @throws JedisException if all objects are in use, the pool is closed or the caller interrupted
   */
  public Jedis borrow(Duration maxWait, boolean blocks, Attempted pool) {
    long start = context.clock().nanos();
    try (Parking.Visit parked = context.watch().parking().visit("(borrow)", start)) {
      return borrow(maxWait, blocks, pool, start, parked);
    }
  }

  private Jedis borrow(
      Duration maxWait, boolean blocks, Attempted pool, long start, Parking.Visit parked) {
    Duration limit = maxWait.isNegative() ? context.config().callTimeout() : maxWait;
    CallRetry.Attempts attempts = retry.newCall();
    RuntimeException last = null;
    Duration left = limit;
    while (true) {
      refuseIfClosed(null);
      RouteTable<Lane> table = context.routes().table();
      long backoffMillis = Long.MAX_VALUE;
      if (table.candidates(CommandIntent.ANY_NODE) > 0) {
        try {
          Duration nap = left.compareTo(LONGEST_NAP) < 0 ? left : LONGEST_NAP;
          return once(pool, nap, start);
        } catch (ExhaustedException e) {
          left = limit.minusNanos(context.clock().nanos() - start);
          if (!blocks || left.isNegative() || left.isZero()) {
            throw e;
          }
          continue;
        } catch (NotConnectedException e) {
          last = e.failure();
          backoffMillis = attempts.failed(last);
        }
      }
      left = limit.minusNanos(context.clock().nanos() - start);
      if (left.isNegative() || left.isZero() || backoffMillis < 0) {
        throw context.watch().refused("borrow", noNode(limit.minus(left), attempts.made(), last));
      }
      parked.waits();
      long pause = Math.min(Math.max(1, left.toMillis()), backoffMillis);
      context.topology().awaitNewerThan(table.version(), Duration.ofMillis(pause));
    }
  }

  private Jedis once(Attempted pool, Duration left, long start) throws NotConnectedException {
    try {
      return pool.within(left);
    } catch (NotConnectedException e) {
      throw e;
    } catch (NoSuchElementException e) {
      refuseIfClosed(e);
      if (e.getCause() != null || String.valueOf(e.getMessage()).startsWith("Unable")) {
        // A new object did not pass its first check: the switch came in between.
        throw new NotConnectedException(new JedisException("Overtaken by a switch", e));
      }
      throw new ExhaustedException(
          group() + "no Jedis object was free within " + millisSince(start) + " ms", e);
    } catch (InterruptedException e) {
      refuseIfClosed(e); // closing a pool wakes its waiters by an interrupt
      Thread.currentThread().interrupt();
      throw new JedisException(group() + "interrupted while waiting for a Jedis object", e);
    } catch (JedisException e) {
      throw e;
    } catch (Exception e) {
      refuseIfClosed(e);
      throw new JedisException(group() + "no Jedis object could be borrowed", e);
    }
  }

  private JedisException noNode(Duration spent, int attempts, RuntimeException last) {
    String what = spent.toMillis() + " ms (" + attempts + " attempts)";
    if (!context.config().readFrom().allowsMaster()) {
      return new ReplicaUnavailableException(
          group() + "no connection to a replica within " + what, last);
    }
    return new MasterUnavailableException(
        group() + "no connection to a master within " + what, last);
  }

  private void refuseIfClosed(Exception cause) {
    if (context.closed().getAsBoolean()) {
      JedisException closed = RoutingExecutor.closedClient(context);
      if (cause != null) {
        closed.initCause(cause);
      }
      throw closed;
    }
  }

  private String group() {
    return "Master group '" + context.config().masterName() + "': ";
  }

  private long millisSince(long start) {
    return (context.clock().nanos() - start) / 1_000_000;
  }

  private static final class ExhaustedException extends JedisException {
    private static final long serialVersionUID = 1L;

    ExhaustedException(String message, NoSuchElementException cause) {
      super(message, cause);
    }
  }
}
