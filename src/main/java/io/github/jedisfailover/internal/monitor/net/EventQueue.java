package io.github.jedisfailover.internal.monitor.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes that wait for one client to read; bounded by their sum. */
final class EventQueue {
  static final int MAX_BYTES = 1024 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Deque<byte[]> frames = new ArrayDeque<>();
  private int bytes;
  private boolean closed;

  /** Never blocks; {@code false} if the client reads too slowly and must be dropped. */
  boolean offer(byte[] frame) {
    lock.lock();
    try {
      if (closed || bytes + frame.length > MAX_BYTES) {
        return false;
      }
      frames.add(frame);
      bytes += frame.length;
      filled.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next frame; {@code null} once closed. */
  byte[] take() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && frames.isEmpty()) {
        filled.await();
      }
      byte[] frame = closed ? null : frames.poll();
      bytes -= frame == null ? 0 : frame.length;
      return frame;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      frames.clear();
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
