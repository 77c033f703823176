package io.github.jedisfailover.internal.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Named daemon threads of one client or monitor. {@link #close()} interrupts them in reverse order
 * of their start and joins each for a bounded time.
 */
public final class DaemonThreads implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DaemonThreads.class);
  private static final long JOIN_MILLIS = 2_000;

  private final String owner;
  private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean closed;

  public DaemonThreads(String owner) {
    this.owner = owner;
  }

  public String owner() {
    return owner;
  }

  public boolean isClosed() {
    return closed;
  }

  /**
   * Starts {@code ha-<owner>-<role>}. The body ends by itself when its owner closes; a failure that
   * escapes it is a defect and logged as one.
   */
  public Thread start(String role, Runnable body) {
    Thread thread = new Thread(() -> runAndForget(role, body), "ha-" + owner + "-" + role);
    thread.setDaemon(true);
    threads.add(thread);
    if (closed) {
      threads.remove(thread);
      throw new IllegalStateException(owner + " is closed");
    }
    thread.start();
    return thread;
  }

  private void runAndForget(String role, Runnable body) {
    try {
      body.run();
    } catch (RuntimeException | Error e) {
      log.error("[{}] thread {} ended by a defect", owner, role, e);
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  /** Waits, as {@code Thread.sleep}. Returns {@code false} and keeps the flag if interrupted. */
  public static boolean pause(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    List<Thread> ending = new ArrayList<>(threads);
    Collections.reverse(ending);
    ending.forEach(Thread::interrupt);
    for (Thread thread : ending) {
      join(thread);
    }
  }

  private void join(Thread thread) {
    if (thread == Thread.currentThread()) {
      return; // a listener may close its own client
    }
    try {
      thread.join(JOIN_MILLIS);
      if (thread.isAlive()) {
        log.warn("[{}] {} did not end within {} ms", owner, thread.getName(), JOIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
