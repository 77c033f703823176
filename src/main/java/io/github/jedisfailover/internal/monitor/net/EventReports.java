package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.runtime.EventDispatcher;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people what the core reports, in Sentinel's words: listeners and the log. */
final class EventReports implements Reports {
  private static final Logger log = LoggerFactory.getLogger(EventReports.class);
  private static final Set<String> TROUBLE = Set.of("+sdown", "+odown", "+tilt");

  private final String owner;
  private final EventDispatcher events;
  private final MonotonicClock clock;

  EventReports(String owner, EventDispatcher events, MonotonicClock clock) {
    this.owner = owner;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public void report(CoreAction.Report report) {
    events.publish(
        new FailoverEvent.MonitorReported(owner, clock.wallNow(), report.name(), report.payload()));
    boolean quiet =
        report.level() == CoreAction.Level.VERBOSE || report.level() == CoreAction.Level.DEBUG;
    if (quiet) {
      log.debug("[{}] {} {}", owner, report.name(), report.payload());
    } else if (isTrouble(report)) {
      log.warn("[{}] {} {}", owner, report.name(), report.payload());
    } else {
      log.info("[{}] {} {}", owner, report.name(), report.payload());
    }
  }

  @Override
  public void note(CoreAction.Note note) {
    log.info("[{}] {}", owner, note.text());
  }

  private static boolean isTrouble(CoreAction.Report report) {
    return TROUBLE.contains(report.name()) || report.name().startsWith("-failover-abort");
  }
}
