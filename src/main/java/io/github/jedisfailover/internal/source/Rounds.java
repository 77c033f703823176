package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.runtime.ClosableGate;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rounds of questions: one thread begins a round, one thread per voter answers it. */
final class Rounds {
  private final ClosableGate gate = new ClosableGate();
  private final int voters;
  private final Map<NodeAddress, VoterAnswer> answers = new HashMap<>();
  private final Set<NodeAddress> done = new HashSet<>();
  private long round;
  private boolean poked;

  Rounds(int voters) {
    this.voters = voters;
  }

  /** Waits for a round after {@code seen}; -1 once closed. */
  long awaitRoundAfter(long seen) throws InterruptedException {
    return gate.take(() -> round > seen, () -> round).orElse(-1L);
  }

  /**
   * A voter has answered, or failed to.
   *
   * @param answer {@code null} if it has nothing to say
   */
  void answered(long ofRound, NodeAddress voter, VoterAnswer answer) {
    gate.change(
        () -> {
          if (ofRound == round) {
            done.add(voter);
            if (answer != null) {
              answers.put(voter, answer);
            }
          }
        });
  }

  /**
   * Asks all voters and waits until all have answered, or a majority has and the rest had its
   * grace: the first answer alone may come from the one voter that lags behind. Called by one
   * thread.
   */
  List<VoterAnswer> ask(long maxMillis, long graceMillis) throws InterruptedException {
    gate.change(this::begin);
    gate.await(this::allDone, graceMillis);
    gate.await(() -> allDone() || answers.size() > voters / 2, maxMillis - graceMillis);
    return gate.call(() -> List.copyOf(answers.values()));
  }

  private void begin() {
    round++;
    poked = false;
    answers.clear();
    done.clear();
  }

  private boolean allDone() {
    return done.size() == voters;
  }

  /** Waits until somebody pokes; {@code false} once closed. */
  boolean awaitPoke(long millis) throws InterruptedException {
    return gate.await(() -> poked, millis);
  }

  void poke() {
    gate.change(() -> poked = true);
  }

  boolean isClosed() {
    return gate.isClosed();
  }

  void close() {
    gate.close();
  }
}
