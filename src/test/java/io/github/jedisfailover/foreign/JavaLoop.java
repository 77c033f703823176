package io.github.jedisfailover.foreign;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A thread that counts up through a client; errors are what a failover looks like to most. */
final class JavaLoop implements Client.Loop {
  private static final long PACE_MILLIS = 20;
  private static final long END_MILLIS = 10_000;

  private final JavaClient.Session session;
  private final String key;
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicReference<String> complaint = new AtomicReference<>("none");
  private final Thread thread = new Thread(this::run, "foreign-client");

  JavaLoop(JavaClient.Session session, String key) {
    this.session = session;
    this.key = key;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    long n = 1;
    try {
      while (!end.await(PACE_MILLIS, TimeUnit.MILLISECONDS)) {
        n += counted(Long.toString(n)) ? 1 : 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean counted(String n) {
    try {
      session.write().set(key, n);
      return n.equals(session.read().get(key));
    } catch (RuntimeException e) {
      complaint.set(e.toString());
      return false;
    }
  }

  @Override
  public String complaints() {
    return "last: " + complaint.get();
  }

  @Override
  public void close() {
    end.countDown();
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    session.end().run();
  }
}
