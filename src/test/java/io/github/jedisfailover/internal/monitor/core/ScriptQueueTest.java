package io.github.jedisfailover.internal.monitor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptQueueTest {
  private final ScriptQueue queue = new ScriptQueue();

  private static List<String> job(int number) {
    return List.of("/s/" + number, "+sdown", "master m 1.2.3.4 1");
  }

  private long startOne(long now) {
    List<ScriptQueue.Start> due = queue.due(now);
    assertThat(due).hasSize(1);
    queue.started(due.get(0).id(), 77);
    return due.get(0).id();
  }

  private List<String> events() {
    return queue.takeEvents().stream().map(e -> e.name() + " " + e.payload()).toList();
  }

  @ParameterizedTest(name = "signal {0}, status {1}: {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | 0   | 0     | ''                    | done
          0 | 1   | 30000 | ''                    | 1 asks for another run
          0 | 2   | 0     | -script-error /s/1 0 2   | 2 and above is for good
          0 | 255 | 0     | -script-error /s/1 0 255 | 2 and above is for good
          9 | 0   | 30000 | ''                    | killed: another run
          """)
  void theEndOfARunDecides(int signal, int status, long repeatAfter, String event, String why) {
    queue.add(job(1));
    long id = startOne(1_000);
    queue.ended(id, signal, status, 5_000);

    List<String> expected = new ArrayList<>();
    expected.add("+script-child 77");
    expected.add("-script-child 77 " + signal + " " + status);
    if (!event.isEmpty()) {
      expected.add(event);
    }
    assertThat(events()).as(why).isEqualTo(expected);
    assertThat(queue.isEmpty()).as(why).isEqualTo(repeatAfter == 0);
    if (repeatAfter > 0) {
      assertThat(queue.pending(5_000))
          .containsExactly(new PendingScript(job(1), false, 0, repeatAfter, 1));
      assertThat(queue.due(5_000 + repeatAfter - 1)).isEmpty();
      assertThat(queue.due(5_000 + repeatAfter)).hasSize(1);
    }
  }

  @Test
  void theDelayDoublesAndTheTenthFailureIsTheLast() {
    queue.add(job(1));
    long now = 0;
    List<Long> delays = new ArrayList<>();
    for (int run = 1; run < ScriptQueue.MAX_RUNS; run++) {
      queue.ended(startOne(now), 0, 1, now);
      long delay = queue.pending(now).get(0).millis();
      delays.add(delay / 1000);
      now += delay;
    }
    assertThat(delays).containsExactly(30L, 60L, 120L, 240L, 480L, 960L, 1920L, 3840L, 7680L);
    events();

    queue.ended(startOne(now), 0, 1, now);

    assertThat(events())
        .containsExactly("+script-child 77", "-script-child 77 0 1", "-script-error /s/1 0 1");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void sixteenRunAndTheOldestGoFirst() {
    for (int i = 1; i <= 20; i++) {
      queue.add(job(i));
    }
    List<ScriptQueue.Start> first = queue.due(0);
    assertThat(first).hasSize(16);
    assertThat(first.get(0).argv()).isEqualTo(job(1));
    assertThat(queue.running()).isEqualTo(16);
    assertThat(queue.due(0)).isEmpty();

    queue.started(first.get(3).id(), 5);
    queue.ended(first.get(3).id(), 0, 0, 10);

    assertThat(queue.due(10)).extracting(ScriptQueue.Start::argv).containsExactly(job(17));
    assertThat(queue.size()).isEqualTo(19);
  }

  @Test
  void aFullQueueDropsTheOldestThatDoesNotRun() {
    queue.add(job(0));
    startOne(0);
    for (int i = 1; i < ScriptQueue.MAX_QUEUE; i++) {
      queue.add(job(i));
    }
    assertThat(queue.size()).isEqualTo(256);

    queue.add(job(999));

    List<PendingScript> left = queue.pending(0);
    assertThat(left).hasSize(256);
    assertThat(left.get(0).arguments()).as("it runs").isEqualTo(job(0));
    assertThat(left.get(1).arguments()).as("the oldest waiting one is gone").isEqualTo(job(2));
    assertThat(left.get(255).arguments()).isEqualTo(job(999));
  }

  @Test
  void oneThatRunsTooLongIsKilledOnceAndRepeated() {
    queue.add(job(1));
    long id = startOne(1_000);
    assertThat(queue.overdue(61_000)).isEmpty();
    assertThat(queue.overdue(61_001)).containsExactly(id);
    assertThat(queue.overdue(61_100)).isEmpty();
    assertThat(queue.pending(61_100))
        .containsExactly(new PendingScript(job(1), true, 77, 60_100, 1));
    assertThat(events()).containsExactly("+script-child 77", "-script-timeout /s/1 77");

    queue.ended(id, 9, 0, 61_200);
    startOne(91_200);
    assertThat(queue.overdue(91_201)).as("the time of its second run counts").isEmpty();
    assertThat(queue.overdue(151_201)).hasSize(1);
  }

  @Test
  void whatCannotBeExecutedIsGivenUp() {
    queue.add(job(1));
    queue.notExecutable(queue.due(0).get(0).id());
    assertThat(events()).containsExactly("-script-error /s/1 0 2");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void withoutAProcessItTriesLater() {
    queue.add(job(1));
    queue.noProcess(queue.due(0).get(0).id(), 0);
    assertThat(events()).containsExactly("-script-error /s/1 99 0");
    assertThat(queue.due(29_999)).isEmpty();
    assertThat(queue.due(30_000)).hasSize(1);
  }

  @Test
  void timesCanBeChanged() {
    queue.times(100, 10);
    queue.add(job(1));
    long id = startOne(0);
    assertThat(queue.overdue(101)).containsExactly(id);
    queue.ended(id, 9, 0, 200);
    assertThat(queue.pending(200).get(0).millis()).isEqualTo(10);
  }

  @Test
  void eventsOfScriptsAreWarningsOrDebug() {
    queue.add(job(1));
    queue.ended(startOne(0), 0, 3, 0);
    assertThat(queue.takeEvents())
        .extracting(CoreAction.Report::level)
        .containsExactly(CoreAction.Level.DEBUG, CoreAction.Level.DEBUG, CoreAction.Level.WARNING);
  }
}
