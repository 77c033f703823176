package io.github.jedisfailover.samples.demo;

import io.github.jedisfailover.samples.demo.WriterAccount.WriteKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.UnifiedJedis;

/** The application: eight writers and eight readers, each at about 200 operations per second. */
final class Load implements AutoCloseable {
  static final int THREADS = 8;
  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final UnifiedJedis redis;
  private final BooleanSupplier switched;
  private final List<Thread> threads = new ArrayList<>();
  private final List<WriterAccount> accounts = new ArrayList<>();
  private final LongAdder writes = new LongAdder();
  private final LongAdder reads = new LongAdder();
  private final LongAdder failedWrites = new LongAdder();
  private final LongAdder emptyReads = new LongAdder();
  private final List<String> failedReads = new CopyOnWriteArrayList<>();
  private final LongAccumulator longestWrite = new LongAccumulator(Math::max, 0);
  private final LongAccumulator longestRead = new LongAccumulator(Math::max, 0);
  private final LongAccumulator firstOnNewMaster = new LongAccumulator(Math::min, Long.MAX_VALUE);
  private volatile boolean stopping;

  /**
   * @param switched whether the client has left the master it started with; then the next
   *     acknowledged write is the first one on the new master
   */
  Load(UnifiedJedis redis, BooleanSupplier switched) {
    this.redis = redis;
    this.switched = switched;
    for (int i = 0; i < THREADS; i++) {
      accounts.add(new WriterAccount("w" + i));
    }
  }

  /** Gives every key a first value, so that a reader who finds nothing found a hole. */
  void seed() {
    accounts.forEach(a -> redis.set(a.value(), "0"));
  }

  void start() {
    for (int i = 0; i < THREADS; i++) {
      WriterAccount account = accounts.get(i);
      int first = i;
      launch("demo-writer-" + i, () -> paced(turn -> write(account, turn)));
      launch("demo-reader-" + i, () -> paced(turn -> read(accounts.get((int) (first + turn) % 8))));
    }
  }

  private void launch(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private interface Operation {
    void run(long turn);
  }

  /** At a steady pace; what was missed while blocked is not made up for. */
  private void paced(Operation operation) {
    long next = System.nanoTime();
    for (long turn = 1; !stopping; turn++) {
      operation.run(turn);
      next = Math.max(next + PACE_NANOS, System.nanoTime());
      while (!stopping && System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
  }

  private void write(WriterAccount account, long turn) {
    WriteKind kind = WriteKind.values()[(int) (turn % 3)];
    long start = System.nanoTime();
    try {
      long count = perform(kind, account, turn);
      long done = System.nanoTime();
      if (switched.getAsBoolean()) {
        firstOnNewMaster.accumulate(done);
      }
      writes.increment();
      switch (kind) {
        case INCR -> account.counted(count, done);
        case RPUSH -> account.logged(turn, done);
        case SET -> account.stored(turn, done);
      }
    } catch (RuntimeException e) {
      failedWrites.increment();
      account.failed(kind, turn, start, e);
    } finally {
      longestWrite.accumulate(System.nanoTime() - start);
    }
  }

  private long perform(WriteKind kind, WriterAccount account, long turn) {
    switch (kind) {
      case INCR:
        return redis.incr(account.counter());
      case RPUSH:
        return redis.rpush(account.log(), Long.toString(turn));
      default:
        redis.set(account.value(), Long.toString(turn));
        return 0;
    }
  }

  private void read(WriterAccount account) {
    long start = System.nanoTime();
    try {
      if (redis.get(account.value()) == null) {
        emptyReads.increment();
      }
      reads.increment();
    } catch (RuntimeException e) {
      failedReads.add(e.toString());
    } finally {
      longestRead.accumulate(System.nanoTime() - start);
    }
  }

  /** Forgets the longest calls so far. */
  void fault() {
    longestWrite.reset();
    longestRead.reset();
  }

  /**
   * Figures of this moment; calls in nanoseconds since the last {@link #fault}.
   *
   * @param firstOnNewMaster {@link System#nanoTime} of the first acknowledged write on the new
   *     master, {@link Long#MAX_VALUE} if there was none yet
   */
  record Figures(
      long writes,
      long failedWrites,
      long reads,
      List<String> failedReads,
      long emptyReads,
      long longestWrite,
      long longestRead,
      long firstOnNewMaster) {}

  Figures figures() {
    return new Figures(
        writes.sum(),
        failedWrites.sum(),
        reads.sum(),
        List.copyOf(failedReads),
        emptyReads.sum(),
        longestWrite.get(),
        longestRead.get(),
        firstOnNewMaster.get());
  }

  /** To be read once the load is closed. */
  List<WriterAccount> accounts() {
    return accounts;
  }

  @Override
  public void close() {
    stopping = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    for (Thread thread : threads) {
      try {
        thread.join(15_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
