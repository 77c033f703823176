package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreAction.Level;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.EventDispatcher;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.testsupport.ReportedEvents;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventReportsTest {
  /** Also those that nobody can subscribe to. */
  @Test
  void everyEventOfTheCoreReachesTheApplication() throws InterruptedException {
    BlockingQueue<FailoverEvent.MonitorReported> heard = new LinkedBlockingQueue<>();
    FailoverListener listener =
        new FailoverListener() {
          @Override
          public void onMonitorReported(FailoverEvent.MonitorReported event) {
            heard.add(event);
          }
        };
    EventDispatcher events = new EventDispatcher("monitor-1", List.of(listener));
    EventReports reports = new EventReports("monitor-1", events, MonotonicClock.SYSTEM);
    Map<String, String> levels = ReportedEvents.read();
    assertThat(levels).hasSizeGreaterThan(40);
    try (DaemonThreads threads = new DaemonThreads("monitor-1")) {
      events.start(threads);
      for (Map.Entry<String, String> event : levels.entrySet()) {
        Level level = Level.valueOf(event.getValue().toUpperCase(Locale.ROOT));
        reports.report(new CoreAction.Report("m", level, event.getKey(), "of " + event.getKey()));
        FailoverEvent.MonitorReported told = heard.poll(10, TimeUnit.SECONDS);
        assertThat(told).as(event.getKey()).isNotNull();
        assertThat(told.name()).isEqualTo(event.getKey());
        assertThat(told.payload()).isEqualTo("of " + event.getKey());
        assertThat(told.client()).isEqualTo("monitor-1");
      }
    }
  }
}
