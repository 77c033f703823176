package io.github.jedisfailover.samples.boot;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Service;

/** Writes and reads at an even pace, to kill a master under. */
@Service
class Workload {
  private final StringRedisTemplate redis;

  Workload(StringRedisTemplate redis) {
    this.redis = redis;
  }

  /** What a run saw. */
  record Result(
      long operations, long exceptions, Map<String, Long> exceptionsByType, long longestMillis) {}

  /** Blocks until all operations are done. */
  Result run(int threads, int operations, long pauseMicros) throws InterruptedException {
    Run run = new Run(operations, pauseMicros, new CountDownLatch(threads));
    List<Thread> workers =
        IntStream.range(0, threads)
            .mapToObj(i -> new Thread(() -> run.work(i), "load-" + i))
            .toList();
    workers.forEach(Thread::start);
    run.left.await();
    return new Result(
        run.done.get(),
        run.exceptions.values().stream().mapToLong(AtomicLong::get).sum(),
        run.exceptionsByType(),
        TimeUnit.NANOSECONDS.toMillis(run.longestNanos.get()));
  }

  private final class Run {
    private final int operations;
    private final long pauseMicros;
    private final CountDownLatch left;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private final Map<String, AtomicLong> exceptions = new ConcurrentHashMap<>();

    Run(int operations, long pauseMicros, CountDownLatch left) {
      this.operations = operations;
      this.pauseMicros = pauseMicros;
      this.left = left;
    }

    void work(int worker) {
      for (int i = 0; i < operations; i++) {
        long begin = System.nanoTime();
        try {
          operation("load:" + worker, i);
        } catch (RuntimeException e) {
          exceptions.computeIfAbsent(String.valueOf(e), t -> new AtomicLong()).incrementAndGet();
        }
        longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
        done.incrementAndGet();
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(pauseMicros));
      }
      left.countDown();
    }

    private void operation(String key, int i) {
      if (i % 2 == 0) {
        redis.opsForValue().set(key, String.valueOf(i));
      } else {
        redis.opsForValue().get(key);
      }
    }

    Map<String, Long> exceptionsByType() {
      Map<String, Long> counts = new TreeMap<>();
      exceptions.forEach((type, count) -> counts.put(type, count.get()));
      return counts;
    }
  }
}
