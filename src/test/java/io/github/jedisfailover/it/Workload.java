package io.github.jedisfailover.it;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Threads that repeat one call, and what became of the calls. */
public final class Workload implements AutoCloseable {
  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder answered = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
  private volatile boolean stopping;

  /** One call; the turn counts up in each thread. */
  public interface Call {
    void run(int thread, long turn);
  }

  public static Workload start(String name, int threads, Call call) {
    Workload workload = new Workload();
    for (int i = 0; i < threads; i++) {
      int index = i;
      Thread thread = new Thread(() -> workload.repeat(index, call), "load-" + name + "-" + i);
      thread.setDaemon(true);
      workload.threads.add(thread);
      thread.start();
    }
    return workload;
  }

  private void repeat(int thread, Call call) {
    for (long turn = 1; !stopping; turn++) {
      long start = System.nanoTime();
      try {
        call.run(thread, turn);
        answered.increment();
      } catch (OutcomeUnknownException e) {
        unknown.increment();
      } catch (RuntimeException e) {
        failures.add(e.toString());
      } finally {
        longest.accumulate(System.nanoTime() - start);
      }
      pace();
    }
  }

  private void pace() {
    try {
      TimeUnit.MILLISECONDS.sleep(4);
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  public long answered() {
    return answered.sum();
  }

  /** Waits for so many more answers than there are now. */
  public void awaitMore(long calls) {
    long from = answered();
    await("progress").atMost(Duration.ofSeconds(30)).until(() -> answered() >= from + calls);
  }

  public long unknown() {
    return unknown.sum();
  }

  /** What threw, except outcome-unknown. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  public long longestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longest.get());
  }

  /** Stops; later figures do not change any more. */
  @Override
  public void close() {
    stopping = true;
    for (Thread thread : threads) {
      try {
        thread.join(20_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
