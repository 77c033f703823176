package io.github.jedisfailover.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.internal.source.Agenda.Task;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgendaTest {
  /** Goes on only when told to. */
  private static final class HandClock implements MonotonicClock {
    private volatile long millis = 5_000;

    @Override
    public long nanos() {
      return millis * 1_000_000;
    }

    @Override
    public Instant wallNow() {
      return Instant.EPOCH;
    }
  }

  private final HandClock clock = new HandClock();
  private final Agenda agenda = new Agenda(clock);

  @Test
  void beginsWithAllVoters() throws InterruptedException {
    assertThat(agenda.await()).contains(Task.ASK_ALL);
  }

  @Test
  void whatIsDueFirstComesFirstAndAllIncludesOne() throws InterruptedException {
    agenda.await();
    agenda.askOne(900, 900);
    agenda.check(500);
    clock.millis += 500;
    assertThat(agenda.await()).contains(Task.CHECK);
    agenda.askAll(300, 300);
    clock.millis += 300;
    assertThat(agenda.await()).contains(Task.ASK_ALL);
    agenda.askOne(50, 50);
    clock.millis += 50;
    assertThat(agenda.await()).contains(Task.ASK_ONE);
  }

  @Test
  void aThousandHintsDoNotBringARoundCloserThanOne() throws InterruptedException {
    agenda.await();
    agenda.askAll(1_000, 1_000);
    for (int i = 0; i < 1_000; i++) {
      agenda.askAll(0, 2_000);
    }
    agenda.check(900);
    clock.millis += 999;
    assertThat(agenda.await()).as("the round is not due yet").contains(Task.CHECK);
    clock.millis += 1;
    assertThat(agenda.await()).contains(Task.ASK_ALL);
  }

  @Test
  void anEarlierRoundReplacesALaterOne() throws InterruptedException {
    agenda.await();
    agenda.askAll(60_000, 60_000);
    agenda.askAll(0, 0);
    assertThat(agenda.await()).contains(Task.ASK_ALL);
  }

  @Test
  void closingEndsTheWait() throws InterruptedException {
    agenda.await();
    agenda.askOne(60_000, 60_000);
    agenda.close();
    assertThat(agenda.await()).isEmpty();
  }
}
