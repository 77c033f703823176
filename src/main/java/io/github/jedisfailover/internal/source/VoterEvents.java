package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.Entropy;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Listens to one voter, and to another one when that is gone. Events only say when to ask: messages
 * can be missed, and what one voter announces is not yet what the voters agree on.
 */
final class VoterEvents implements Runnable {
  /** Then it connects anew, and comes back to the voter it prefers. */
  private static final long MIN_SILENCE_MILLIS = 240_000;

  private static final long MAX_SILENCE_MILLIS = 360_000;
  private static final long MIN_RETRY_MILLIS = 500;
  private static final long MAX_RETRY_MILLIS = 1_500;
  private static final long MAX_MOVE_MILLIS = 250;

  private final VoterAccess access;
  private final Seats seats;
  private final MonotonicClock clock;
  private final Watcher watcher;
  private volatile Subscription subscription;
  private volatile boolean listening;
  private volatile boolean closed;

  /** Who hears what is announced, on the thread that listens. */
  interface Watcher {
    /** From now on events are heard: what happened before is known only by asking. */
    void listening();

    /**
     * @param voter the one that announced it; may be asked
     */
    void heard(VoterEvent event, Subscription voter);
  }

  VoterEvents(VoterAccess access, Seats seats, MonotonicClock clock, Watcher watcher) {
    this.access = access;
    this.seats = seats;
    this.clock = clock;
    this.watcher = watcher;
  }

  @Override
  public void run() {
    boolean open = true;
    while (open && !closed) {
      NodeAddress voter = seats.take(clock.millis());
      boolean heard = false;
      try {
        heard = listen(voter);
      } finally {
        seats.giveBack(voter);
      }
      open = !closed && DaemonThreads.pause(retryMillis(heard));
    }
  }

  private static long retryMillis(boolean moved) {
    return moved
        ? Entropy.between(0, MAX_MOVE_MILLIS)
        : Entropy.between(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS);
  }

  /** Returns whether it could listen at all. */
  private boolean listen(NodeAddress voter) {
    long silence = Entropy.between(MIN_SILENCE_MILLIS, MAX_SILENCE_MILLIS);
    Subscription opened = new Subscription(voter, access, (int) silence);
    subscription = opened;
    long start = clock.millis();
    if (closed) {
      opened.cut(); // lost a race with closing
    }
    try {
      opened.open();
      listening = true;
      watcher.listening();
      while (!closed) {
        opened.next().ifPresent(event -> watcher.heard(event, opened));
      }
    } catch (JedisException | IllegalArgumentException e) {
      // silent for long, gone, or no Sentinel: the voters are asked now and then meanwhile
      if (!listening || clock.millis() - start < silence) {
        seats.failed(voter, clock.millis());
      }
    } finally {
      opened.close();
    }
    boolean listened = listening;
    listening = false;
    return listened;
  }

  boolean isListening() {
    return listening;
  }

  /** This voter does not answer questions: another one may announce more. */
  void leave(NodeAddress voter) {
    Subscription now = subscription;
    if (now != null && now.voter().equals(voter)) {
      seats.failed(voter, clock.millis());
      now.cut();
    }
  }

  void close() {
    closed = true;
    Subscription now = subscription;
    if (now != null) {
      now.cut();
    }
  }
}
