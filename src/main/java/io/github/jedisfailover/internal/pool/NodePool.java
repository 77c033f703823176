package io.github.jedisfailover.internal.pool;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.PoolFigures;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.Pool;

/**
 * The connections to one node in one role, until the node loses the role. Thread-safe.
 *
 * <p>Once retired it never lends again, and every connection it ever opened is closed.
 */
public final class NodePool {
  /** The evictor's thread is shared by the whole JVM: closing never waits for it for long. */
  private static final Duration EVICTOR_PATIENCE = Duration.ofMillis(100);

  /** How long a waiter can be forgotten. */
  private static final Duration LONGEST_NAP = Duration.ofMillis(50);

  private final NodeAddress address;
  private final NodeRole role;
  private final long generation;
  private final MonotonicClock clock;
  private final PoolMeter meter;
  private final LiveConnections live;
  private final NodeConnectionPool pool;
  private final NodeDialler dialler;
  private final WaitingLine line;
  private final AtomicInteger held = new AtomicInteger();
  private volatile long cutAt;
  private volatile boolean reachable = true;

  /**
   * Opens no connection.
   *
   * @param config of this pool alone: it is changed here
   * @param clock for the age of connections, and for the watch of a master's end; a replica has no
   *     watch, its reads move on
   * @param meter its name and what is measured
   */
  NodePool(
      NodeAddress address,
      NodeRole role,
      long generation,
      Supplier<JedisClientConfig> connections,
      GenericObjectPoolConfig<Connection> config,
      MonotonicClock clock,
      PoolMeter meter) {
    this.meter = meter;
    this.live = new LiveConnections(role == NodeRole.MASTER ? new EndWatch(clock) : null);
    this.clock = clock;
    this.address = address;
    this.role = role;
    this.generation = generation;
    HostAndPort node = new HostAndPort(address.host(), address.port());
    config.setEvictorShutdownTimeout(EVICTOR_PATIENCE);
    NodeConnectionFactory factory =
        new NodeConnectionFactory(node, connections, live, clock, meter);
    pool = new NodeConnectionPool(this, factory, config);
    dialler = new NodeDialler(this, factory, live);
    line = new WaitingLine(config.getMaxTotal(), clock);
  }

  public NodeAddress address() {
    return address;
  }

  public NodeRole role() {
    return role;
  }

  /** Tells pools of the same node apart: each new pool has a higher one. */
  public long generation() {
    return generation;
  }

  public boolean isRetired() {
    return live.isRetired();
  }

  /** For Jedis' own iterations, which borrow by themselves. */
  public Pool<Connection> jedisPool() {
    return pool;
  }

  /** For a pool of other objects, each of which holds a connection. */
  public NodeDialler dialler() {
    return dialler;
  }

  /**
   * Lends a connection; {@code close()} gives it back. Waits as long as the pool's own {@code
   * maxWait} says.
   *
   * @throws LeaseFailedException if there is none: nothing was sent
   * @throws JedisException if interrupted; the flag stays set
   */
  public Connection borrow() {
    return borrowWithin(pool.getMaxWaitDuration());
  }

  /**
   * As {@link #borrow()}.
   *
   * @param maxWait longest wait, if shorter than the pool's own
   */
  public Connection borrow(Duration maxWait) {
    Duration own = pool.getMaxWaitDuration();
    return borrowWithin(own.isNegative() || maxWait.compareTo(own) < 0 ? maxWait : own);
  }

  /**
   * @param maxWait negative for ever
   */
  private Connection borrowWithin(Duration maxWait) {
    refuseIfRetired();
    long begin = meter.begin();
    Duration left;
    try {
      left = line.enter(pool.getBlockWhenExhausted() ? maxWait : Duration.ZERO);
    } catch (InterruptedException | NoSuchElementException e) {
      throw explained(e);
    }
    boolean lent = false;
    try {
      Connection taken = take(left);
      lent = true;
      meter.lent(taken, begin);
      return taken;
    } finally {
      if (!lent) {
        line.leave();
      }
    }
  }

  /**
   * There is a place, so Commons Pool has nothing to wait for, unless its evictor is just looking
   * at the connection. It can forget a waiter: one that was woken for a connection which somebody
   * else then took is not there to be interrupted by {@code close()}. So nobody waits in it for
   * long.
   */
  private Connection take(Duration maxWait) {
    long start = 0;
    Duration left = maxWait;
    while (true) {
      refuseIfRetired();
      boolean last = !left.isNegative() && left.compareTo(LONGEST_NAP) <= 0;
      try {
        return pool.take(last ? left : LONGEST_NAP);
      } catch (Exception e) {
        if (last || !isExhausted(e) || !pool.getBlockWhenExhausted()) {
          throw explained(e);
        }
      }
      if (!maxWait.isNegative()) {
        long now = clock.nanos();
        start = start == 0 ? now - LONGEST_NAP.toNanos() : start;
        left = maxWait.minusNanos(now - start);
        left = left.isNegative() ? Duration.ZERO : left;
      }
    }
  }

  /** Nobody is let in from here on. Before the pool is known to anybody. */
  void hold() {
    line.hold();
  }

  void letOneIn() {
    line.release(1);
  }

  /** Ends what {@link #hold} began. */
  void letAllIn() {
    line.release(Integer.MAX_VALUE);
  }

  /** Connects; on this thread. */
  void addIdle() throws Exception {
    pool.addObject();
  }

  /** How many connections there ever were at one time. */
  int mostConnections() {
    return live.most();
  }

  /** A connection that was lent is back in the pool, or closed. */
  void isBack() {
    line.leave();
  }

  /** How many wait for a connection. */
  int waiting() {
    return line.length();
  }

  PoolMeter meter() {
    return meter;
  }

  /** As it is now. */
  PoolFigures figures() {
    return new PoolFigures(
        meter.name(),
        address,
        role,
        pool.getNumActive() + dialler.open(),
        pool.getNumIdle(),
        pool.getMaxTotal(),
        pool.getMaxIdle(),
        pool.getMinIdle(),
        line.length());
  }

  private static boolean isExhausted(Exception e) {
    return e instanceof NoSuchElementException && e.getCause() == null;
  }

  /**
   * Which server process answers on a connection that this pool lent: its run id, or the address if
   * the user may not run INFO.
   */
  public String processOf(Connection lent) {
    return ((NodeConnection) lent).process(address.toString());
  }

  /** As {@link #borrow()}, for a subscription: closed and not lent again when it ends. */
  public PubSubLink borrowForPubSub() {
    PubSubLink link = new PubSubLink((NodeConnection) borrow(), () -> held(-1));
    held(1);
    return link;
  }

  /** Counts what keeps its connection for long: whoever finds the pool empty is told. */
  public void held(int change) {
    held.addAndGet(change);
  }

  void refuseIfRetired() {
    if (live.isRetired()) {
      throw retired(null);
    }
  }

  private LeaseFailedException retired(Exception cause) {
    return new LeaseFailedException(
        LeaseFailedException.Reason.RETIRED, "Pool of " + this + " is retired", cause);
  }

  JedisException explained(Exception e) {
    // Closing a pool interrupts its waiters, which looks like an interrupt of the caller: the
    // retired flag tells the two apart.
    if (live.isRetired()) {
      return retired(e);
    }
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new JedisException("Interrupted while waiting for a connection to " + address, e);
    }
    if (isExhausted(e)) {
      meter.timedOut();
      return new LeaseFailedException(
          LeaseFailedException.Reason.EXHAUSTED,
          "No free connection to "
              + address
              + " ("
              + pool.getNumActive()
              + " in use, "
              + held.get()
              + " of them by waiting commands and subscriptions)",
          e);
    }
    return new LeaseFailedException(
        LeaseFailedException.Reason.CONNECT, "Cannot connect to " + address, e);
  }

  /**
   * A connection turned out to be closed by the node: its idle neighbours, opened before, may be
   * dead too and are not lent any more.
   *
   * @param failed the connection, lent by this pool
   */
  public void distrustConnectionsAsOldAs(Connection failed) {
    if (failed instanceof NodeConnection connection) {
      live.distrust(connection.era());
    }
  }

  /**
   * Whether the connection was open at this moment: then the process at its other end is the one
   * that answered on any other connection since.
   *
   * @param lent a connection that this pool lent
   */
  public static boolean wasOpenAt(Connection lent, long nanos) {
    return lent instanceof NodeConnection connection && connection.openedNanos() - nanos <= 0;
  }

  /**
   * The topology's view of the node. Losing sight of it closes nothing, but the idle connections
   * may be dead: a write that is sent on one of them would end with an unknown outcome.
   */
  void seenReachable(boolean now) {
    if (reachable && !now) {
      live.distrust(live.era());
    }
    reachable = now;
  }

  /**
   * @param renew whether idle connections are not lent any more
   */
  void configure(Duration maxWait, boolean renew) {
    pool.setMaxWait(maxWait);
    if (renew) {
      live.distrust(live.era());
    }
  }

  /** Lends nothing from here on; does no I/O. {@link #close} follows soon, on another thread. */
  void retire(long cutAtNanos) {
    cutAt = cutAtNanos;
    live.retire();
    line.dissolve();
  }

  /** As last seen. */
  boolean isReachable() {
    return reachable;
  }

  /** Whether nobody waits for an answer any more, or has waited for long enough. */
  boolean mayBeCut(long nowNanos) {
    return nowNanos - cutAt >= 0 || pool.getNumActive() + dialler.open() == 0;
  }

  /** Closes every socket at once, then the pool, which wakes those that wait for a connection. */
  int close() {
    int open = live.cutAll();
    line.dissolve();
    pool.close();
    return open;
  }

  /** Makes the idle connections use credentials that were renewed. */
  void revalidateIdle() throws Exception {
    pool.evict();
  }

  @Override
  public String toString() {
    return address + " (" + role + ", generation " + generation + ")";
  }
}
