package io.github.jedisfailover.internal.pool;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pools that lend nothing any more, and the one thread that closes their connections. Thread-safe.
 */
final class RetiredPools {
  private static final Logger log = LoggerFactory.getLogger(RetiredPools.class);

  /**
   * A node that changed its role and could be reached before and after answers what it was asked,
   * if only with a refusal: cutting these calls would leave their callers with an unknown outcome.
   * One that was silent before gets no time: right after a switch nobody knows yet whether it is
   * back.
   */
  private static final long LAST_ANSWERS_NANOS = 500_000_000L;

  private static final long LOOK_MILLIS = 10;

  private final String client;
  private final MonotonicClock clock;
  private final ObjIntConsumer<NodePool> onCut;
  // Bounded by the pools of the snapshots that are accepted while one pool is being cut.
  private final BlockingQueue<NodePool> retiring = new LinkedBlockingQueue<>();
  private volatile boolean closed;

  /**
   * @param onCut told of each pool that had open connections and how many, on the thread that cuts
   */
  RetiredPools(String client, MonotonicClock clock, ObjIntConsumer<NodePool> onCut) {
    this.client = client;
    this.clock = clock;
    this.onCut = onCut;
  }

  /**
   * Ends the lending at once, not when the pool's turn to be cut comes: an iteration would go on
   * reading from the old master. No I/O.
   *
   * @param answers whether calls under way have a chance to be answered
   */
  void add(NodePool pool, boolean answers) {
    pool.retire(clock.nanos() + (answers ? LAST_ANSWERS_NANOS : 0));
    retiring.add(pool);
  }

  /** Until {@link #close}; on a thread of its own. */
  void cutEachInTime() {
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
      log.debug("[{}] {} retired, {} connections cut", client, pool, open);
      if (open > 0) {
        onCut.accept(pool, open);
      }
    } catch (RuntimeException e) {
      log.warn("[{}] closing the pool of {} failed", client, pool, e);
    }
  }

  /** Cuts everything, these pools too. Once. */
  void close(Iterable<NodePool> last) {
    closed = true;
    last.forEach(retiring::add);
    for (NodePool pool = retiring.poll(); pool != null; pool = retiring.poll()) {
      cut(pool);
    }
  }
}
