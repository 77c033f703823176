package io.github.jedisfailover.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  @ParameterizedTest(name = "well {0}, listens to {1}, a voter answered {2}: {3}")
  @CsvSource({
    "true, 2, true, CALM",
    "true, 1, true, WATCHFUL",
    "true, 0, true, WATCHFUL",
    "true, 0, false, WATCHFUL",
    "false, 2, true, TROUBLED",
    "false, 1, false, TROUBLED",
    "false, 0, true, URGENT",
    "false, 0, false, TROUBLED"
  })
  void eventsSpareQuestions(boolean well, int listening, boolean answered, Pace expected) {
    assertThat(Pace.of(well, listening, 2, answered)).isEqualTo(expected);
  }

  @Test
  void boundsLieApart() {
    for (Pace pace : Pace.values()) {
      assertThat(pace.toMillis()).isGreaterThanOrEqualTo(pace.fromMillis() * 3 / 2);
    }
  }
}
