package io.github.jedisfailover.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeatsTest {
  private static final NodeAddress A = new NodeAddress("v", 1);
  private static final NodeAddress B = new NodeAddress("v", 2);
  private static final NodeAddress C = new NodeAddress("v", 3);
  private static final long NOW = 1_000_000;

  private final Seats seats = new Seats(List.of(A, B, C));

  @Test
  void eachListensToAnotherVoterInTheOrderOfPreference() {
    assertThat(seats.take(NOW)).isEqualTo(A);
    assertThat(seats.take(NOW)).isEqualTo(B);
    seats.giveBack(A);
    assertThat(seats.take(NOW)).as("it did not fail").isEqualTo(A);
  }

  @Test
  void aVoterThatIsGoneIsReplacedAndGetsItsSeatBackLater() {
    seats.take(NOW);
    seats.take(NOW);
    seats.failed(A, NOW);
    seats.giveBack(A);
    assertThat(seats.take(NOW)).isEqualTo(C);
    seats.giveBack(C);
    assertThat(seats.take(NOW + Seats.FAILED_MILLIS - 1)).isEqualTo(C);
    seats.giveBack(C);
    assertThat(seats.take(NOW + Seats.FAILED_MILLIS)).isEqualTo(A);
  }

  @Test
  void whenAllHaveFailedTheyTakeTurns() {
    seats.failed(A, NOW - 1);
    seats.failed(B, NOW - 3);
    seats.failed(C, NOW - 2);
    assertThat(seats.take(NOW)).isEqualTo(B);
    assertThat(seats.take(NOW)).isEqualTo(C);
  }
}
