package io.github.jedisfailover.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RoundsTest {
  private static final long LONG_MILLIS = TimeUnit.MINUTES.toMillis(5);

  private final Rounds rounds = new Rounds(3);
  private final DaemonThreads threads = new DaemonThreads("rounds");

  @AfterEach
  void close() {
    threads.close();
  }

  private static VoterAnswer answer(int port) {
    return new VoterAnswer(
        new NodeAddress("v", port), 1, new NodeAddress("m", 6379), false, List.of());
  }

  /** A voter that answers the first round, or has nothing to say in it. */
  private void voter(int port, boolean knowsTheGroup) {
    threads.start(
        "voter-" + port,
        () -> {
          try {
            long round = rounds.awaitRoundAfter(0);
            rounds.answered(round, new NodeAddress("v", port), knowsTheGroup ? answer(port) : null);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void endsWithTheLastAnswerWithoutWaitingOutTheGrace() throws InterruptedException {
    voter(1, true);
    voter(2, true);
    voter(3, false);
    assertThat(rounds.ask(LONG_MILLIS, LONG_MILLIS))
        .containsExactlyInAnyOrder(answer(1), answer(2));
  }

  @Test
  void endsWithAMajorityOnceTheRestHadItsGrace() throws InterruptedException {
    voter(1, true);
    voter(2, true);
    assertThat(rounds.ask(LONG_MILLIS, 1)).containsExactlyInAnyOrder(answer(1), answer(2));
  }

  @Test
  void endsWithTheTimeWhenNoMajorityAnswers() throws InterruptedException {
    voter(1, false);
    voter(2, false);
    assertThat(rounds.ask(2, 1)).isEmpty();
  }

  @Test
  void anAnswerOfAnEarlierRoundCountsForNothing() throws InterruptedException {
    rounds.ask(0, 0);
    threads.start("late", this::answerLateThenSayNothing);
    assertThat(rounds.ask(LONG_MILLIS, LONG_MILLIS)).isEmpty();
  }

  private void answerLateThenSayNothing() {
    try {
      long second = rounds.awaitRoundAfter(1);
      rounds.answered(1, new NodeAddress("v", 1), answer(1));
      for (int port = 1; port <= 3; port++) {
        rounds.answered(second, new NodeAddress("v", port), null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aPokeBeforeTheWaitIsNotLost() throws InterruptedException {
    rounds.poke();
    assertThat(rounds.awaitPoke(LONG_MILLIS)).isTrue();
    rounds.close();
    assertThat(rounds.awaitPoke(LONG_MILLIS)).isFalse();
    assertThat(rounds.awaitRoundAfter(0)).isEqualTo(-1);
  }
}
