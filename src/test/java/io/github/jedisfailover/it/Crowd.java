package io.github.jedisfailover.it;

import static org.awaitility.Awaitility.await;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Many callers that repeat one call without a pause: all but a few are in a call at any moment. */
final class Crowd implements AutoCloseable {
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReferenceArray<Boolean> answeredSince;
  private final LongAdder answered = new LongAdder();
  private final Map<String, LongAdder> thrown = new ConcurrentHashMap<>();
  private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
  private final AtomicInteger inCall = new AtomicInteger();
  private final int size;
  private volatile boolean stopping;

  private Crowd(int size) {
    this.size = size;
    answeredSince = new AtomicReferenceArray<>(size);
  }

  static Crowd start(int size, ThreadFactory factory, Runnable call) {
    Crowd crowd = new Crowd(size);
    for (int i = 0; i < size; i++) {
      int index = i;
      Thread thread = factory.newThread(() -> crowd.repeat(index, call));
      crowd.threads.add(thread);
      thread.start();
    }
    return crowd;
  }

  static ThreadFactory platform() {
    return task -> {
      Thread thread = new Thread(null, task, "caller", 256 * 1024);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Empty before Java 21. */
  static Optional<ThreadFactory> virtual() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Method factory = Class.forName("java.lang.Thread$Builder").getMethod("factory");
      return Optional.of((ThreadFactory) factory.invoke(builder));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private void repeat(int index, Runnable call) {
    while (!stopping) {
      long start = System.nanoTime();
      inCall.incrementAndGet();
      try {
        call.run();
        answered.increment();
        answeredSince.set(index, true);
      } catch (RuntimeException e) {
        thrown.computeIfAbsent(e.getClass().getSimpleName(), k -> new LongAdder()).increment();
      } finally {
        inCall.decrementAndGet();
        longest.accumulate(System.nanoTime() - start);
      }
    }
  }

  /** Waits until every caller has had an answer that came after this call. */
  void awaitAllAnswered() {
    for (int i = 0; i < size; i++) {
      answeredSince.set(i, null);
    }
    await("an answer for each of " + size + " callers")
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(60))
        .until(this::allAnswered);
  }

  private boolean allAnswered() {
    for (int i = 0; i < size; i++) {
      if (answeredSince.get(i) == null) {
        return false;
      }
    }
    return true;
  }

  int inCall() {
    return inCall.get();
  }

  long answered() {
    return answered.sum();
  }

  /** The longest call since this was asked last. */
  long longestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longest.getThenReset());
  }

  /** By the exception's name. */
  Map<String, Long> thrown() {
    Map<String, Long> counts = new TreeMap<>();
    thrown.forEach((name, count) -> counts.put(name, count.sum()));
    return counts;
  }

  /**
   * Stops after the calls under way.
   *
   * @return how many callers were not back in time
   */
  int stop(Duration limit) {
    stopping = true;
    long end = System.nanoTime() + limit.toNanos();
    int hanging = 0;
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return size;
      }
      hanging += thread.isAlive() ? 1 : 0;
    }
    return hanging;
  }

  @Override
  public void close() {
    stop(Duration.ofSeconds(20));
  }
}
