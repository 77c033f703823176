package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Rounds of questions: one thread begins a round, one thread per voter answers it. */
final class Rounds {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int voters;
  private final Map<NodeAddress, VoterAnswer> answers = new HashMap<>();
  private final Set<NodeAddress> done = new HashSet<>();
  private long round;
  private boolean poked;
  private boolean closed;

  Rounds(int voters) {
    this.voters = voters;
  }

  /** Waits for a round after {@code seen}; -1 once closed. */
  long awaitRoundAfter(long seen) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && round <= seen) {
        changed.await();
      }
      return closed ? -1 : round;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A voter has answered, or failed to.
   *
   * @param answer {@code null} if it has nothing to say
   */
  void answered(long ofRound, NodeAddress voter, VoterAnswer answer) {
    lock.lock();
    try {
      if (ofRound == round) {
        done.add(voter);
        if (answer != null) {
          answers.put(voter, answer);
        }
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asks all voters and waits until all have answered, or a majority has and the rest had its
   * grace: the first answer alone may come from the one voter that lags behind.
   */
  List<VoterAnswer> ask(long maxMillis, long graceMillis) throws InterruptedException {
    lock.lock();
    try {
      round++;
      poked = false;
      answers.clear();
      done.clear();
      changed.signalAll();
      long left = TimeUnit.MILLISECONDS.toNanos(maxMillis);
      long grace = TimeUnit.MILLISECONDS.toNanos(maxMillis - graceMillis);
      while (!closed && done.size() < voters && left > 0) {
        if (left <= grace && answers.size() >= voters / 2 + 1) {
          break;
        }
        long wait = left > grace ? left - grace : left;
        long before = left;
        left = before - (wait - changed.awaitNanos(wait));
      }
      return List.copyOf(answers.values());
    } finally {
      lock.unlock();
    }
  }

  /** Waits until somebody pokes; {@code false} once closed. */
  boolean awaitPoke(long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!closed && !poked && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  void poke() {
    lock.lock();
    try {
      poked = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
