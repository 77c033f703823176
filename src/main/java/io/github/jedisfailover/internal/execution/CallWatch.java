package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.SideEffect;
import io.github.jedisfailover.internal.pool.NodePool;
import io.github.jedisfailover.internal.routing.CommandNames;
import io.github.jedisfailover.internal.routing.SideEffects;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.CallObserver;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import redis.clients.jedis.CommandArguments;

/**
 * What is noted of one client's calls: figures, who waits, what failed last. A call that is served
 * at once costs no more than {@link #wrote}, unless somebody observes calls. Thread-safe.
 */
public final class CallWatch {
  static final String PIPELINE = "pipeline";
  static final String TRANSACTION = "transaction";
  private static final int MOST_FAILURES = 20;

  private final String client;
  private final int database;
  private final FailoverMetrics metrics;
  private final CallObserver observer; // null if nobody observes
  private final MonotonicClock clock;
  private final Listener listener;
  private final Parking parking;
  private final WriteGap gap;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Failed> failures = new ArrayDeque<>();

  /** What the rest of the client is told, in the threads of the calls: quick, without I/O. */
  public interface Listener {
    /** The first answer of a new master. */
    void resumed(NodeAddress from, NodeAddress to, long gapNanos);

    /** A subscription goes on. */
    void gap(NodeAddress node, long atMostMillis);
  }

  /**
   * A call that did not get its reply.
   *
   * @param text the exception's, which names no key and no value
   */
  public record Failed(Instant at, String text) {}

  /**
   * @param observer {@link CallObserver#NONE} if calls need not be timed
   */
  public CallWatch(
      String client,
      int database,
      FailoverMetrics metrics,
      CallObserver observer,
      MonotonicClock clock,
      Listener listener) {
    this.client = client;
    this.database = database;
    this.metrics = metrics;
    this.observer = observer == CallObserver.NONE ? null : observer;
    this.clock = clock;
    this.listener = listener;
    this.parking = new Parking(clock, metrics::parked);
    this.gap = new WriteGap(clock, this::resumed);
  }

  private void resumed(NodeAddress from, NodeAddress to, long gapNanos) {
    metrics.writesResumed(gapNanos);
    listener.resumed(from, to, gapNanos);
  }

  /** {@code null} unless somebody observes. */
  CallTrace begin(CommandArguments command) {
    return observer == null ? null : trace(CommandNames.name(command), 1);
  }

  boolean isObserved() {
    return observer != null;
  }

  /** Of a batch; only if somebody observes. */
  CallTrace batch(String kind, List<CommandArguments> commands) {
    List<String> names = commands.stream().map(CommandNames::name).distinct().limit(2).toList();
    return trace(names.size() == 1 ? kind + " " + names.get(0) : kind, commands.size());
  }

  private CallTrace trace(String operation, int batchSize) {
    return new CallTrace(observer.begin(client, database, operation, batchSize), clock);
  }

  /** The master answered a call that began then. */
  void wrote(NodePool pool, long start) {
    gap.wrote(pool, start);
  }

  /** A call for the master that began then is not served at once. */
  void troubled(long start) {
    gap.troubled(start);
  }

  /** How long ago the present master answered a call, in nanoseconds; negative if it never did. */
  public long sinceLastWrite() {
    return gap.sinceLastGood();
  }

  public Parking parking() {
    return parking;
  }

  static String category(CommandArguments command) {
    return category(SideEffects.of(command));
  }

  static String category(SideEffect effect) {
    return effect.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  void retried(String reason, String category) {
    metrics.retried(reason, category);
  }

  void tooStale() {
    metrics.tooStale();
  }

  /** Certainly not applied, and the caller is told so. */
  <E extends RuntimeException> E refused(String category, E failure) {
    metrics.refused(category);
    return noted(failure);
  }

  <E extends RuntimeException> E unknown(String category, E failure) {
    metrics.outcomeUnknown(category);
    return noted(failure);
  }

  private <E extends RuntimeException> E noted(E failure) {
    lock.lock();
    try {
      if (failures.size() == MOST_FAILURES) {
        failures.removeFirst();
      }
      failures.addLast(new Failed(clock.wallNow(), failure.getMessage()));
    } finally {
      lock.unlock();
    }
    return failure;
  }

  /** The last ones, oldest first. */
  public List<Failed> failures() {
    lock.lock();
    try {
      return new ArrayList<>(failures);
    } finally {
      lock.unlock();
    }
  }

  void subscriptionGap(NodeAddress node, long atMostMillis) {
    metrics.subscriptionGap(atMostMillis);
    listener.gap(node, atMostMillis);
  }
}
