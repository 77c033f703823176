package io.github.jedisfailover.testsupport;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/** Writes 1, 2, 3, ... and tells by the clock of this process how outdated a read is. */
public final class SequenceCheck implements AutoCloseable {
  private static final int MOST = 2_000_000;

  /**
   * The time between the client's own look at the clock and ours belongs to the scheduler: what is
   * older than the bound at the end of a call counts only beyond this.
   */
  private static final long SCHEDULER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final AtomicLongArray acknowledged = new AtomicLongArray(MOST);
  private final AtomicLong newest = new AtomicLong();
  private final long origin = System.nanoTime() - 1;
  private final Thread writer;
  private volatile boolean stopping;

  private SequenceCheck(LongPredicate write) {
    writer = new Thread(() -> write(write), "sequence-writer");
    writer.setDaemon(true);
  }

  /** Calls this with each number, one after the other, about a thousand times a second. */
  public interface Write {
    void write(long number);
  }

  public static SequenceCheck writing(Write write) {
    return writingIf(
        n -> {
          write.write(n);
          return true;
        });
  }

  /** As {@link #writing}; {@code false} means that the number may be missing. */
  public static SequenceCheck writingIf(LongPredicate write) {
    SequenceCheck check = new SequenceCheck(write);
    check.writer.start();
    check.awaitMore(1);
    return check;
  }

  private void write(LongPredicate write) {
    try {
      for (int n = 1; n < MOST && !stopping; n++) {
        if (write.test(n)) {
          acknowledged.set(n, now());
          newest.set(n);
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Never 0, which means: not acknowledged. */
  private long now() {
    return System.nanoTime() - origin;
  }

  public void awaitMore(long writes) {
    long from = newest.get();
    await("writes").atMost(Duration.ofSeconds(30)).until(() -> newest.get() >= from + writes);
  }

  /** When the value was first outdated for sure; {@code Long.MAX_VALUE} if it is not. */
  private long supersededAt(long value) {
    long last = newest.get();
    for (long n = value + 1; n <= last; n++) {
      long at = acknowledged.get((int) n);
      if (at != 0) {
        return at;
      }
    }
    return Long.MAX_VALUE;
  }

  /**
   * What the reads saw.
   *
   * @param reads how many
   * @param failed those that threw
   * @param beyond reads whose value was outdated for longer than the bound
   * @param oldestMillis the longest that any value was outdated when its read began
   * @param atReplicas reads that replicas served, all of them counted by the servers
   */
  public record Seen(long reads, long failed, long beyond, long oldestMillis, long atReplicas) {}

  public Reading reading(Duration bound, int threads, Supplier<String> read) {
    return new Reading(bound.toNanos(), threads, read);
  }

  /** Threads that read until they are stopped. */
  public final class Reading {
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder reads = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder beyond = new LongAdder();
    private final AtomicLong oldest = new AtomicLong();
    private final long bound;
    private volatile boolean stopped;

    private Reading(long bound, int count, Supplier<String> read) {
      this.bound = bound;
      for (int i = 0; i < count; i++) {
        Thread thread = new Thread(() -> readAll(read), "sequence-reader-" + i);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
      }
    }

    private void readAll(Supplier<String> read) {
      while (!stopped) {
        long start = now();
        try {
          String value = read.get();
          long end = now();
          long superseded = supersededAt(Long.parseLong(value));
          long age = superseded == Long.MAX_VALUE ? 0 : start - superseded;
          long ageAtEnd = superseded == Long.MAX_VALUE ? 0 : end - superseded;
          oldest.accumulateAndGet(age, Math::max);
          if (age > bound || ageAtEnd > bound + SCHEDULER_NANOS) {
            beyond.increment();
          }
        } catch (RuntimeException e) {
          failed.increment();
        }
        reads.increment();
      }
    }

    public void awaitMore(long more) {
      long from = reads.sum();
      await("reads").atMost(Duration.ofSeconds(30)).until(() -> reads.sum() >= from + more);
    }

    public void stop() throws InterruptedException {
      stopped = true;
      for (Thread thread : threads) {
        thread.join(30_000);
      }
    }

    public Seen seen(long atReplicas) {
      return new Seen(
          reads.sum(),
          failed.sum(),
          beyond.sum(),
          TimeUnit.NANOSECONDS.toMillis(oldest.get()),
          atReplicas);
    }
  }

  @Override
  public void close() {
    stopping = true;
    try {
      writer.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
