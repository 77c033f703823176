package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.MonitorCore;
import io.github.jedisfailover.internal.monitor.core.SentinelCore;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.internal.runtime.WarnPace;
import io.github.jedisfailover.metrics.FailoverMetrics;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the core. Inputs wait in a bounded queue and get the time at which they
 * are processed. A due tick goes first, and after a pause there is exactly one: the core measures
 * the gap and discounts it before it judges anything that came in meanwhile.
 */
final class CoreLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CoreLoop.class);
  private static final int CAPACITY = 10_000;
  private static final long FULL_WAIT_MILLIS = 1_000;
  private static final long LATE_WARN_MILLIS = 1_000;

  /** For those that ask without waiting for this thread. */
  private static final long GLIMPSE_MILLIS = 500;

  private final String owner;
  private final MonitorCore core;
  private final ActionSink sink;
  private final MonotonicClock clock;
  private final FailoverMetrics metrics;
  private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Set<CoreInput.Hint> pendingHints = ConcurrentHashMap.newKeySet();
  private final AtomicLong dropped = new AtomicLong();
  private final WarnPace storeWarnings = new WarnPace();
  private long storeFailures;
  private long glimpsedAt;
  private volatile CoreView glimpse;
  private volatile boolean closed;

  CoreLoop(
      String owner,
      MonitorCore core,
      ActionSink sink,
      MonotonicClock clock,
      FailoverMetrics metrics) {
    this.owner = owner;
    this.core = core;
    this.sink = sink;
    this.clock = clock;
    this.metrics = metrics;
  }

  void start(DaemonThreads threads) {
    threads.start("core", this::run);
  }

  /**
   * Hands an input to the core. With a full queue hellos and INFO are dropped, as they come again,
   * and other inputs wait for a bounded time: no link is ever held up for good.
   */
  void feed(CoreInput input) {
    if (closed) {
      return;
    }
    if (input instanceof CoreInput.Hint hint && !pendingHints.add(hint)) {
      return; // callers fail by the thousand: one look answers them all
    }
    Runnable work = () -> process(input);
    boolean repeats = input instanceof CoreInput.HelloHeard || input instanceof CoreInput.InfoRead;
    if (!(repeats ? queue.offer(work) : offerPatiently(work))) {
      if (input instanceof CoreInput.Hint hint) {
        pendingHints.remove(hint);
      }
      dropped.incrementAndGet();
    }
  }

  private boolean offerPatiently(Runnable work) {
    try {
      return queue.offer(work, FULL_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What the core would tell now; fails if the loop is closed or overloaded. */
  CompletableFuture<CoreView> view() {
    CompletableFuture<CoreView> result = new CompletableFuture<>();
    boolean taken = !closed && queue.offer(() -> complete(result));
    if (!taken) {
      result.completeExceptionally(new IllegalStateException("the monitor is closed or busy"));
    }
    return result;
  }

  /** What the core told less than a second ago while the loop runs; {@code null} at first. */
  CoreView glimpse() {
    return glimpse;
  }

  private void look() {
    long now = clock.millis();
    if (glimpse == null || now - glimpsedAt >= GLIMPSE_MILLIS) {
      glimpse = core.view(now);
      glimpsedAt = now;
    }
  }

  private void complete(CompletableFuture<CoreView> result) {
    try {
      result.complete(core.view(clock.millis()));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
      throw e;
    }
  }

  private void run() {
    long due = clock.millis();
    while (!closed) {
      long now = clock.millis();
      if (now >= due) {
        tick(now - due);
        long next = due + SentinelCore.TICK_MILLIS;
        due = next > now ? next : now + SentinelCore.TICK_MILLIS;
      } else if (!processOne(due - now)) {
        return;
      }
    }
  }

  private void tick(long lateMillis) {
    if (lateMillis >= LATE_WARN_MILLIS) {
      log.warn("[{}] monitor loop ran {} ms late: pause, or no CPU", owner, lateMillis);
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      log.warn("[{}] {} inputs dropped: the monitor's queue was full", owner, lost);
    }
    guarded(() -> metrics.monitorDelay(lateMillis));
    guarded(() -> step(new CoreInput.Tick()));
    guarded(this::look);
  }

  private boolean processOne(long waitMillis) {
    try {
      Runnable work = queue.poll(waitMillis, TimeUnit.MILLISECONDS);
      if (work != null) {
        guarded(work);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void process(CoreInput input) {
    if (input instanceof CoreInput.Hint hint) {
      pendingHints.remove(hint);
    }
    step(input);
  }

  private void step(CoreInput input) {
    List<CoreAction> actions = core.step(input, clock.millis());
    boolean failed = false;
    for (CoreAction action : actions) {
      if (action instanceof CoreAction.Persist persist) {
        failed |= !stored(persist);
      } else if (!failed || !action.needsDisk()) {
        // the barrier: what follows a failed write and depends on it is never carried out
        guarded(() -> sink.carryOut(action));
      }
    }
    if (failed && !(input instanceof CoreInput.PersistFailed)) {
      step(new CoreInput.PersistFailed());
    }
  }

  private boolean stored(CoreAction.Persist persist) {
    try {
      sink.store(persist.state());
      return true;
    } catch (IOException | RuntimeException e) {
      storeFailures++;
      if (closed) {
        return false; // closing interrupts the write
      }
      if (storeWarnings.due(clock.millis())) {
        log.warn(
            "[{}] state could not be stored ({} times so far), votes are withheld: {}",
            owner,
            storeFailures,
            e.toString());
      }
      return false;
    }
  }

  /** One failed step must not end the thread: the monitor would be blind without a sign of it. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (!closed) {
        log.error("[{}] monitor step failed, this is a defect", owner, e);
      }
    }
  }

  /** Takes no more inputs; the thread itself is ended by its {@link DaemonThreads}. */
  @Override
  public void close() {
    closed = true;
  }
}
