package io.github.jedisfailover.internal.probe;

import io.github.jedisfailover.internal.lag.Latencies;
import io.github.jedisfailover.internal.lag.Progress;
import io.github.jedisfailover.internal.lag.Proofs;
import io.github.jedisfailover.internal.runtime.ClosableGate;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/**
 * The probes of one client: what they found out, and who needs it how often. Nothing runs before
 * the first demand. Thread-safe.
 */
public final class Probes implements AutoCloseable {
  /** For reads that need no more than an order of the nodes. */
  public static final Duration LATENCY_PACE = Duration.ofSeconds(1);

  /** For reads of one's own writes, and for bounds in bytes. */
  public static final Duration SESSION_PACE = Duration.ofMillis(20);

  private static final Duration FASTEST_PACE = Duration.ofMillis(5);
  private static final Duration SLOWEST_PACE = Duration.ofSeconds(1);

  /** A proof is two questions old at most, which leaves half of the bound. */
  private static final int QUESTIONS_PER_BOUND = 4;

  private static final int TIMEOUT_MILLIS = 1_000;
  private static final long NEVER_MILLIS = 3_600_000;

  private final JedisClientConfig connections;
  private final MonotonicClock clock;
  private final DaemonThreads threads;
  private final ClosableGate gate = new ClosableGate();
  private final AtomicReference<Proofs> proofs = new AtomicReference<>(Proofs.NONE);
  private final AtomicReference<Latencies> latencies = new AtomicReference<>(Latencies.NONE);
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<NodeAddress, ProbeLink> links = new HashMap<>();
  private Set<NodeAddress> nodes = Set.of();
  private volatile Demand demand;

  /**
   * @param connections how to connect, with the protocol already settled
   */
  public Probes(JedisClientConfig connections, MonotonicClock clock, DaemonThreads threads) {
    this.connections =
        DefaultJedisClientConfig.builder()
            .from(connections)
            .connectionTimeoutMillis(atMost(connections.getConnectionTimeoutMillis()))
            .socketTimeoutMillis(atMost(connections.getSocketTimeoutMillis()))
            .build();
    this.clock = clock;
    this.threads = threads;
  }

  private static int atMost(int asked) {
    return asked <= 0 ? TIMEOUT_MILLIS : Math.min(asked, TIMEOUT_MILLIS);
  }

  /** How often to ask so that a bound can be proven. */
  public static Duration paceFor(Duration bound) {
    Duration pace = bound.dividedBy(QUESTIONS_PER_BOUND);
    if (pace.compareTo(FASTEST_PACE) < 0) {
      return FASTEST_PACE;
    }
    return pace.compareTo(SLOWEST_PACE) > 0 ? SLOWEST_PACE : pace;
  }

  public Proofs proofs() {
    return proofs.get();
  }

  public Latencies latencies() {
    return latencies.get();
  }

  /** A read needs to know. Called for each; writes only when something changes. */
  public void demand(Duration pace) {
    Demand known = demand;
    Demand next = Demand.after(known, pace.toNanos(), clock.nanos());
    if (next != known) {
      demand = next;
      gate.change(() -> {});
      bringLinksInStep();
    }
  }

  /** Under the hub's lock, before calls can reach the new master: no I/O, no waiting. */
  public void apply(TopologySnapshot snapshot) {
    NodeAddress master = snapshot.master().map(NodeView::address).orElse(null);
    Proofs.Reign reign = new Proofs.Reign(snapshot.version().configEpoch(), master);
    proofs.updateAndGet(known -> known.under(reign));
    Set<NodeAddress> reachable =
        snapshot.nodes().stream()
            .filter(n -> n.role() == NodeRole.MASTER || n.reachable())
            .map(NodeView::address)
            .collect(Collectors.toUnmodifiableSet());
    latencies.updateAndGet(known -> known.of(reachable));
    lock.lock();
    try {
      nodes = reachable;
    } finally {
      lock.unlock();
    }
    if (demand != null) {
      bringLinksInStep();
    }
  }

  private void bringLinksInStep() {
    lock.lock();
    try {
      if (gate.isClosed()) {
        return;
      }
      links.entrySet().removeIf(link -> !nodes.contains(link.getKey()) && end(link.getValue()));
      for (NodeAddress node : nodes) {
        links.computeIfAbsent(node, this::begin);
      }
    } finally {
      lock.unlock();
    }
  }

  private ProbeLink begin(NodeAddress node) {
    ProbeLink link = new ProbeLink(this, node, connections, clock, threads.owner());
    threads.start("probe-" + node, link);
    return link;
  }

  private boolean end(ProbeLink link) {
    link.retire(); // cutting is I/O
    gate.change(() -> {});
    return true;
  }

  /** Waits for the time of the next question; {@code false} if there is none any more. */
  boolean awaitDue(ProbeLink link) throws InterruptedException {
    while (!gate.isClosed() && !link.isClosed()) {
      Demand now = demand;
      long nanos = clock.nanos();
      boolean needed = now != null && !now.isOver(nanos);
      long left = needed ? link.nanosUntilDue(now.paceNanos(), nanos) : Long.MAX_VALUE;
      if (left <= 0) {
        return true;
      }
      long millis = needed ? 1 + (left - 1) / 1_000_000 : NEVER_MILLIS;
      gate.await(() -> demand != now || link.isClosed(), millis);
    }
    return false;
  }

  /**
   * A node has answered.
   *
   * @param asked the reign when it was asked, read before
   * @param askedNanos before it was asked
   */
  public void told(Proofs.Reign asked, NodeAddress node, long askedNanos, Progress progress) {
    proofs.updateAndGet(known -> known.told(asked, node, askedNanos, progress));
  }

  void took(NodeAddress node, long nanos) {
    latencies.updateAndGet(known -> known.with(node, nanos));
  }

  void silent(NodeAddress node) {
    latencies.updateAndGet(known -> known.without(node));
  }

  /** Cuts the connections; the threads end by themselves. */
  @Override
  public void close() {
    gate.close();
    lock.lock();
    try {
      links.values().forEach(ProbeLink::close);
      links.clear();
    } finally {
      lock.unlock();
    }
  }
}
