package io.github.jedisfailover.samples.demo;

import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What monitors and client report, as lines with the milliseconds since the last fault. */
final class Timeline {
  /** Sentinel's event name -> what it means to somebody who sees it for the first time. */
  private static final Map<String, String> MEANING =
      Map.ofEntries(
          Map.entry("+sdown", "SDOWN: silent for too long"),
          Map.entry("-sdown", "answers again"),
          Map.entry("+odown", "ODOWN: enough voters agree"),
          Map.entry("-odown", "no longer ODOWN"),
          Map.entry("+try-failover", "stands for election"),
          Map.entry("+vote-for-leader", "votes"),
          Map.entry("+elected-leader", "ELECTED by a majority"),
          Map.entry("-failover-abort-not-elected", "election lost"),
          Map.entry("-failover-abort-no-good-slave", "no replica to promote"),
          Map.entry("+selected-slave", "replica chosen"),
          Map.entry("+promoted-slave", "PROMOTED"),
          Map.entry("+switch-master", "SWITCH: new master"),
          Map.entry("+slave-reconf-done", "replica follows the new master"),
          Map.entry("+failover-end", "failover complete"),
          Map.entry("+convert-to-slave", "DEMOTES a node that came back as master"),
          Map.entry("+tilt", "TILT: does not trust its own clock now"));

  private final Screen screen;
  private final Map<String, Long> first = new ConcurrentHashMap<>();
  private final List<String> switches = new CopyOnWriteArrayList<>();
  private volatile Instant zero = Instant.now();
  private volatile boolean shown;

  Timeline(Screen screen) {
    this.screen = screen;
  }

  /** Times count from here. */
  void fault(Instant at) {
    zero = at;
    first.clear();
    shown = true;
  }

  /** What is reported while everything is being closed is of no interest. */
  void end() {
    shown = false;
  }

  /** When, in milliseconds after the fault, this was seen for the first time. */
  OptionalLong first(String name) {
    Long at = first.get(name);
    return at == null ? OptionalLong.empty() : OptionalLong.of(at);
  }

  /** Payloads of all {@code +switch-master} events since the start, each once. */
  List<String> switches() {
    return switches.stream().distinct().toList();
  }

  void mark(String name, String text) {
    mark(Instant.now(), name, text);
  }

  private void mark(Instant at, String name, String text) {
    long millis = Duration.between(zero, at).toMillis();
    first.putIfAbsent(name, millis);
    if (shown) {
      screen.say(Screen.Style.EVENT, String.format("%+7d ms  %s", millis, text));
    }
  }

  FailoverListener monitors() {
    return new FailoverListener() {
      @Override
      public void onMonitorReported(FailoverEvent.MonitorReported event) {
        if (event.name().equals("+switch-master")) {
          switches.add(event.payload());
        }
        String meaning = MEANING.get(event.name());
        if (meaning != null) {
          String what = event.name() + " " + event.payload();
          String label = event.client().replace('-', ' ');
          mark(event.at(), event.name(), String.format("%-14s %-38s %s", label, meaning, what));
        }
      }
    };
  }

  FailoverListener client() {
    return new FailoverListener() {
      @Override
      public void onTopologyChanged(FailoverEvent.TopologyChanged event) {
        if (event.masterChanged()) {
          String master = event.after().master().map(m -> m.address().toString()).orElse("none");
          mark(
              event.at(),
              "pool-swap",
              String.format("%-14s %-38s %s", "client", "POOL SWAP: writes now go to", master));
        }
      }

      @Override
      public void onConnectionsCut(FailoverEvent.ConnectionsCut event) {
        String text = event.connections() + " connections of " + event.node();
        mark(event.at(), "cut", String.format("%-14s %-38s %s", "client", "CUT loose", text));
      }
    };
  }
}
