package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.ReplicaUnavailableException;
import io.github.jedisfailover.internal.pool.FairLoans;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.RouteTable;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.pool2.impl.GenericObjectPool;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Borrows from a pool of {@code Jedis} objects until one deadline: through times without a node,
 * and again after each attempt to connect that failed. Thread-safe.
 *
 * <p>Whoever got a place in the line keeps it while there is no node: after the switch those that
 * came first are served first, and a node that is down is asked by as many callers as the pool may
 * have objects, not by all.
 */
public final class JedisLoans {
  private final CallContext context;
  private final CallRetry retry;
  private final GenericObjectPool<Jedis> pool;
  private final FairLoans<Jedis> loans;
  private final AtomicInteger seeking = new AtomicInteger();
  private volatile boolean closed;

  /** Why the last attempt to connect failed, until an object is lent. */
  private volatile RuntimeException trouble;

  /**
   * @param pool asked for its limits and figures only
   * @param borrowing one attempt
   */
  public JedisLoans(
      CallContext context, GenericObjectPool<Jedis> pool, FairLoans.Borrowing<Jedis> borrowing) {
    this.context = context;
    this.retry = new CallRetry(context);
    this.pool = pool;
    this.loans = new FairLoans<>(pool, borrowing, context.clock());
  }

  /**
   * {@link #isBack} is to be told when the object is back in the pool.
   *
   * @param maxWait of the pool; negative if it is not set: then the call's time-out
   * @throws MasterUnavailableException if no node was to be had in time
   * @throws ReplicaUnavailableException the same, if only replicas were asked for
   * @throws JedisException if all objects are in use, the pool is closed or the caller interrupted
   */
  public Jedis borrow(Duration maxWait) {
    Call call = new Call(maxWait.isNegative() ? context.config().callTimeout() : maxWait);
    enter(call);
    Jedis lent = null;
    try {
      lent = seek(call);
      if (trouble != null) {
        trouble = null;
      }
      return lent;
    } finally {
      if (lent == null) {
        loans.leave();
      }
    }
  }

  private void enter(Call call) {
    refuseIfClosed(null);
    try {
      loans.enter(call.limit);
    } catch (NoSuchElementException e) {
      refuseIfClosed(e);
      RuntimeException why = trouble;
      boolean noNode = context.routes().table().candidates(CommandIntent.ANY_NODE) == 0;
      throw noNode || why != null ? noNode(call, 0, why) : exhausted(call, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(call, e);
    }
  }

  private Jedis seek(Call call) {
    CallRetry.Attempts attempts = retry.newCall();
    RuntimeException last = null;
    while (true) {
      refuseIfClosed(null);
      RouteTable<Lane> table = context.routes().table();
      long backoffMillis = Long.MAX_VALUE;
      if (table.candidates(CommandIntent.ANY_NODE) > 0) {
        try {
          return take(call);
        } catch (NotConnectedException e) {
          last = e.failure();
          trouble = last;
          backoffMillis = attempts.failed(last);
        }
      }
      Duration left = call.left();
      if (left.isZero() || backoffMillis < 0) {
        throw noNode(call, attempts.made(), last);
      }
      awaitNews(call, table.version(), Math.min(Math.max(1, left.toMillis()), backoffMillis));
    }
  }

  private void awaitNews(Call call, TopologySnapshot.Version seen, long millis) {
    seeking.incrementAndGet();
    try {
      context.topology().awaitNewerThan(seen, Duration.ofMillis(millis));
    } catch (JedisException e) {
      throw interrupted(call, e);
    } finally {
      seeking.decrementAndGet();
    }
  }

  private Jedis take(Call call) throws NotConnectedException {
    try {
      return loans.take(call.left(), () -> refuseIfClosed(null));
    } catch (NotConnectedException | JedisException e) {
      throw e;
    } catch (NoSuchElementException e) {
      refuseIfClosed(e);
      if (FairLoans.isExhausted(e)) {
        throw exhausted(call, e);
      }
      throw new NotConnectedException(new JedisException("Overtaken by a switch", e));
    } catch (InterruptedException e) {
      refuseIfClosed(e); // closing a pool wakes its waiters by an interrupt
      Thread.currentThread().interrupt();
      throw interrupted(call, e);
    } catch (Exception e) {
      refuseIfClosed(e);
      throw new JedisException(group() + "no Jedis object could be borrowed" + figures(""), e);
    }
  }

  /** A borrowed object is back in the pool, or gone from it. */
  public void isBack() {
    loans.leave();
  }

  /** How many wait, for an object or for a node to connect to. */
  public int waiting() {
    return loans.waiting() + seeking.get();
  }

  /** Refuses those that wait in the line, and all that come. */
  public void close() {
    closed = true;
    loans.dissolve();
  }

  private void refuseIfClosed(Exception cause) {
    if (closed || context.closed().getAsBoolean()) {
      JedisException refusal = RoutingExecutor.closedClient(context);
      if (cause != null) {
        refusal.initCause(cause);
      }
      throw refusal;
    }
  }

  private JedisException exhausted(Call call, NoSuchElementException cause) {
    return new JedisException(
        group() + "no Jedis object was free within " + call.millis() + " ms" + figures(""), cause);
  }

  private JedisException noNode(Call call, int attempts, RuntimeException last) {
    String what = call.millis() + " ms" + figures(attempts + " attempts; ");
    if (!context.config().readFrom().allowsMaster()) {
      return new ReplicaUnavailableException(
          group() + "no connection to a replica within " + what, last);
    }
    return new MasterUnavailableException(
        group() + "no connection to a master within " + what, last);
  }

  private JedisException interrupted(Call call, Exception cause) {
    String what = "interrupted after " + call.millis() + " ms of waiting for a Jedis object";
    return new JedisException(group() + what + figures(""), cause);
  }

  private String group() {
    return "Master group '" + context.config().masterName() + "': ";
  }

  private String figures(String first) {
    return " (%spool '%s': %d of %s in use, %d idle, %d waiting)"
        .formatted(
            first,
            context.config().clientName(),
            pool.getNumActive(),
            pool.getMaxTotal() < 0 ? "any number" : pool.getMaxTotal(),
            pool.getNumIdle(),
            waiting());
  }

  /** When it began and how long it may take. */
  private final class Call {
    private final long start = context.clock().nanos();
    private final Duration limit;

    Call(Duration limit) {
      this.limit = limit;
    }

    /** Not negative. */
    Duration left() {
      Duration left = limit.minusNanos(context.clock().nanos() - start);
      return left.isNegative() ? Duration.ZERO : left;
    }

    long millis() {
      return (context.clock().nanos() - start) / 1_000_000;
    }
  }
}
