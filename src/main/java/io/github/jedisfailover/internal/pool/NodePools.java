package io.github.jedisfailover.internal.pool;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.metrics.PoolFigures;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.authentication.core.Token;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.authentication.AuthXManager;

/**
 * Keeps the pools in step with the snapshot: one per node and role.
 *
 * <p>A pool is retired when its node leaves the snapshot, changes its role, or is a replica that
 * the source cannot reach. The master's pool lives until a snapshot names another master: a master
 * that one observer cannot reach may be working for everybody else.
 */
public final class NodePools implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodePools.class);

  /** A replica with no free connection passes the read on soon, to the next node. */
  private static final Duration REPLICA_WAIT = Duration.ofMillis(100);

  /**
   * A node that changed its role and could be reached before and after answers what it was asked,
   * if only with a refusal: cutting these calls would leave their callers with an unknown outcome.
   * One that was silent before gets no time: right after a switch nobody knows yet whether it is
   * back.
   */
  private static final long LAST_ANSWERS_NANOS = 500_000_000L;

  private static final long LOOK_MILLIS = 10;

  private volatile FailoverConfig config;
  private volatile JedisClientConfig connections;
  private final MonotonicClock clock;
  private final FailoverMetrics metrics;
  private final ObjIntConsumer<NodeAddress> onCut;
  // Bounded by the pools of the snapshots that are accepted while one pool is being cut.
  private final BlockingQueue<NodePool> retiring = new LinkedBlockingQueue<>();
  private final Semaphore tokenRenewed = new Semaphore(0);
  // One reference for the client's life: a method reference made anew is never found again.
  private final Consumer<Token> tokenHook = token -> tokenRenewed.release();
  private final ReentrantLock lock = new ReentrantLock();
  private Map<NodeAddress, NodePool> pools = Map.of();
  private long lastGeneration;
  private DaemonThreads threads; // under the lock
  private int mastersMost; // under the lock
  private final Map<String, PoolMeter> meters = new HashMap<>(); // under the lock
  private volatile boolean closed;

  /**
   * @param connections how to connect, with the protocol already settled
   * @param onCut told of each retired pool that had open connections, on the thread that cuts
   */
  public NodePools(
      FailoverConfig config,
      JedisClientConfig connections,
      MonotonicClock clock,
      FailoverMetrics metrics,
      ObjIntConsumer<NodeAddress> onCut) {
    this.config = config;
    this.connections = connections;
    this.clock = clock;
    this.metrics = metrics;
    this.onCut = onCut;
  }

  /**
   * Starts the threads. With a token manager: gets the first token, so that no later step waits for
   * one under a lock.
   */
  public void start(DaemonThreads threads) {
    AuthXManager tokens = connections.getAuthXManager();
    if (tokens != null) {
      tokens.start();
      tokens.addPostAuthenticationHook(tokenHook);
      threads.start("tokens", this::revalidateOnRenewal);
    }
    threads.start("pools", this::cutRetired);
    lock.lock();
    try {
      this.threads = threads;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes the pools that the snapshot asks for and hands the others to the thread that cuts them.
   * Does no I/O.
   *
   * @return the pools by node, without replicas that cannot be reached
   */
  public Map<NodeAddress, NodePool> apply(TopologySnapshot snapshot) {
    lock.lock();
    try {
      if (closed) {
        return Map.of();
      }
      pools.values().stream()
          .filter(p -> p.role() == NodeRole.MASTER)
          .forEach(p -> mastersMost = p.mostConnections());
      Map<NodeAddress, NodePool> next = new HashMap<>();
      for (NodeView node : snapshot.nodes()) {
        if (node.role() == NodeRole.MASTER || node.reachable()) {
          next.put(node.address(), keptOrNew(node));
        }
      }
      pools.values().stream()
          .filter(p -> !next.containsValue(p))
          .forEach(p -> retire(p, p.isReachable() && answers(snapshot, p.address())));
      pools = Map.copyOf(next);
      meters.keySet().retainAll(pools.values().stream().map(p -> p.meter().name()).toList());
      return pools;
    } finally {
      lock.unlock();
    }
  }

  private static boolean answers(TopologySnapshot snapshot, NodeAddress node) {
    return snapshot.nodes().stream().anyMatch(n -> n.address().equals(node) && n.reachable());
  }

  /**
   * At once, not when its turn to be cut comes: an iteration would go on reading from the old
   * master.
   */
  private void retire(NodePool pool, boolean answers) {
    pool.retire(clock.nanos() + (answers ? LAST_ANSWERS_NANOS : 0));
    retiring.add(pool);
  }

  private NodePool keptOrNew(NodeView node) {
    NodePool kept = pools.get(node.address());
    if (kept != null && kept.role() == node.role()) {
      kept.seenReachable(node.reachable());
      return kept;
    }
    GenericObjectPoolConfig<Connection> sizes = poolConfig(node);
    int warm = node.role() == NodeRole.MASTER ? warmConnections(sizes) : 0;
    NodePool made =
        new NodePool(
            node.address(),
            node.role(),
            ++lastGeneration,
            () -> connections,
            sizes,
            clock,
            meters.computeIfAbsent(poolName(node), this::meter));
    if (warm > 0) {
      WarmUp.start(made, warm, config.warmTimeout(), threads);
    }
    return made;
  }

  /** Not more than the last master's pool had: an idle client does not join the rush. */
  private int warmConnections(GenericObjectPoolConfig<Connection> sizes) {
    int most = Math.min(config.warmConnections(), mastersMost);
    int idle = sizes.getMaxIdle() < 0 ? most : Math.min(most, sizes.getMaxIdle());
    int total = sizes.getMaxTotal() < 0 ? idle : Math.min(idle, sizes.getMaxTotal());
    return threads == null ? 0 : total;
  }

  /** The same before and after a switch, so that dashboards survive it. */
  private String poolName(NodeView node) {
    return node.role() == NodeRole.MASTER
        ? config.clientName() + "-master"
        : config.clientName() + "-replica-" + node.address();
  }

  private PoolMeter meter(String name) {
    return new PoolMeter(name, metrics.pool(name), clock);
  }

  private GenericObjectPoolConfig<Connection> poolConfig(NodeView node) {
    GenericObjectPoolConfig<Connection> pool = config.poolConfig().clone();
    pool.setMaxWait(maxWait(node.role()));
    // One stable name per client, node and role, so that dashboards survive a switch.
    String name = config.clientName() + "-" + node.address() + "-" + node.role();
    pool.setJmxNamePrefix(pool.getJmxNamePrefix() + "-" + name.replaceAll("[^A-Za-z0-9.-]", "_"));
    return pool;
  }

  private Duration maxWait(NodeRole role) {
    Duration wait = config.callTimeout();
    if (role == NodeRole.REPLICA && REPLICA_WAIT.compareTo(wait) < 0) {
      wait = REPLICA_WAIT;
    }
    Duration asked = config.poolConfig().getMaxWaitDuration();
    return asked.isNegative() || asked.compareTo(wait) > 0 ? wait : asked;
  }

  /**
   * Takes other time-outs over; for idle connections when they would be lent next. No I/O.
   *
   * @param opened how to connect from now on
   */
  public void configure(FailoverConfig changed, JedisClientConfig opened) {
    lock.lock();
    try {
      boolean same = opened == connections;
      config = changed;
      connections = opened;
      pools.values().forEach(p -> p.configure(maxWait(p.role()), !same));
    } finally {
      lock.unlock();
    }
  }

  private void cutRetired() {
    List<NodePool> leaving = new ArrayList<>();
    try {
      // Not the interrupt flag: Commons Pool clears it when close() interrupts us in the middle.
      while (!closed) {
        NodePool next =
            leaving.isEmpty() ? retiring.take() : retiring.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          leaving.add(next);
        }
        leaving.removeIf(this::cutIfReady);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close() cuts what is left
    }
    leaving.forEach(this::cut);
  }

  private boolean cutIfReady(NodePool pool) {
    boolean ready = pool.mayBeCut(clock.nanos());
    if (ready) {
      cut(pool);
    }
    return ready;
  }

  private void cut(NodePool pool) {
    try {
      int open = pool.close();
      log.debug("[{}] {} retired, {} connections cut", config.clientName(), pool, open);
      if (open > 0) {
        metrics.connectionsCut(pool.address(), open);
        onCut.accept(pool.address(), open);
      }
    } catch (RuntimeException e) {
      log.warn("[{}] closing the pool of {} failed", config.clientName(), pool, e);
    }
  }

  /** On a thread of its own: the check of an idle connection to a frozen node takes a time-out. */
  private void revalidateOnRenewal() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        tokenRenewed.acquire();
        tokenRenewed.drainPermits();
        current().forEach(this::revalidate);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void revalidate(NodePool pool) {
    try {
      pool.revalidateIdle();
    } catch (Exception e) {
      log.debug("[{}] re-authentication of idle connections to {}", config.clientName(), pool, e);
    }
  }

  /** The pools in use, the master's first. */
  public List<PoolFigures> figures() {
    return current().stream()
        .sorted(Comparator.comparing(NodePool::role).thenComparing(NodePool::address))
        .map(NodePool::figures)
        .toList();
  }

  private List<NodePool> current() {
    lock.lock();
    try {
      return new ArrayList<>(pools.values());
    } finally {
      lock.unlock();
    }
  }

  /** Cuts everything; the token manager is the user's and goes on. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      retiring.addAll(pools.values());
      pools = Map.of();
    } finally {
      lock.unlock();
    }
    AuthXManager tokens = connections.getAuthXManager();
    if (tokens != null) {
      tokens.removePostAuthenticationHook(tokenHook);
    }
    for (NodePool pool = retiring.poll(); pool != null; pool = retiring.poll()) {
      cut(pool);
    }
  }
}
