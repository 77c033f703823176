package io.github.jedisfailover.internal.pool;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One silent connection to a node, which tells without waiting whether the node has closed it.
 *
 * <p>A process that dies closes all its connections before it is gone. An idle connection in the
 * pool does not show that: a blocking socket notices the end only by reading, so a write would be
 * sent into nothing and end with an unknown outcome although nobody was there to apply it. This
 * connection does not block, and one look at it before each loan finds the end out in time. It
 * sends nothing and does not log in.
 *
 * <p>Its end alone proves nothing of the others (an idle limit, or a limit on clients, may have hit
 * it): whoever finds it must ask. It is opened again after a while, later each time if it does not
 * live long. Thread-safe; never blocks on the network.
 */
final class EndWatch {
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 60 * FIRST_PAUSE_NANOS;

  private final MonotonicClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteBuffer unwanted = ByteBuffer.allocateDirect(64);
  private SocketAddress node;
  private SocketChannel channel;
  private boolean connected;
  private int ends;
  private long openedAt;
  private long pausedAt;
  private long pause = FIRST_PAUSE_NANOS;
  private boolean closed;

  EndWatch(MonotonicClock clock) {
    this.clock = clock;
  }

  /** A connection to the node was made: it can be reached at this address. */
  void reached(SocketAddress address) {
    lock.lock();
    try {
      boolean first = node == null;
      node = address;
      if (first && !closed) {
        open();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Looks, and tells how often the node has closed this connection so far. */
  int ends() {
    lock.lock();
    try {
      if (channel == null) {
        reopenIfDue();
      } else {
        look();
      }
      return ends;
    } finally {
      lock.unlock();
    }
  }

  private void reopenIfDue() {
    if (node != null && !closed && clock.nanos() - pausedAt >= pause) {
      open();
    }
  }

  private void open() {
    openedAt = clock.nanos();
    try {
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      connected = channel.connect(node);
    } catch (IOException e) {
      end();
    }
  }

  private void look() {
    try {
      connected = connected || channel.finishConnect();
      if (!connected || channel.read(unwanted.clear()) >= 0) {
        return; // words of a server that turns us away are no end yet
      }
    } catch (IOException e) {
      // reset or refused: an end like any other
    }
    end();
  }

  private void end() {
    ends++;
    drop();
  }

  private void drop() {
    pausedAt = clock.nanos();
    boolean shortLived = pausedAt - openedAt < LONGEST_PAUSE_NANOS;
    pause = shortLived ? Math.min(2 * pause, LONGEST_PAUSE_NANOS) : FIRST_PAUSE_NANOS;
    connected = false;
    SocketChannel old = channel;
    channel = null;
    try {
      if (old != null) {
        old.close();
      }
    } catch (IOException e) {
      // as good as closed
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      drop();
    } finally {
      lock.unlock();
    }
  }
}
