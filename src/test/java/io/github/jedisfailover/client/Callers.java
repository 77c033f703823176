package io.github.jedisfailover.client;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Calls on threads of their own, so that a test can tell whether they are stuck. */
final class Callers implements AutoCloseable {
  private static final Duration STUCK = Duration.ofMillis(300);

  private final Map<Future<?>, Thread> threads = new ConcurrentHashMap<>();

  <T> Future<T> submit(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "caller-" + threads.size());
    thread.setDaemon(true);
    threads.put(task, thread);
    thread.start();
    return task;
  }

  Future<?> submit(Runnable call) {
    return submit(Executors.callable(call));
  }

  void interrupt(Future<?> call) {
    threads.get(call).interrupt();
  }

  /**
   * Waits until each call has come to where it can only wait, for a reply or for another thread,
   * and has stayed there for a while.
   */
  void stayBlocked(Future<?>... calls) {
    await("calls that block")
        .pollInterval(Duration.ofMillis(10))
        .during(STUCK)
        .until(() -> Arrays.stream(calls).map(threads::get).allMatch(Callers::isBlocked));
  }

  private static boolean isBlocked(Thread thread) {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING
        || state == Thread.State.TIMED_WAITING
        || Arrays.stream(thread.getStackTrace()).anyMatch(Callers::readsSocket);
  }

  /** A thread in a system call counts as running: only its stack tells. */
  private static boolean readsSocket(StackTraceElement frame) {
    return frame.getClassName().startsWith("java.net.Socket")
        && frame.getMethodName().equals("read");
  }

  @Override
  public void close() {
    threads.values().forEach(Thread::interrupt);
  }
}
