package io.github.jedisfailover.internal.observe;

import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.metrics.FailoverMetrics;

/** Remembers events, and tells the metrics of a new topology. */
final class EventTap implements FailoverListener {
  private final EventMemory memory;
  private final FailoverMetrics metrics;

  EventTap(EventMemory memory, FailoverMetrics metrics) {
    this.memory = memory;
    this.metrics = metrics;
  }

  @Override
  public void onTopologyChanged(FailoverEvent.TopologyChanged event) {
    memory.add(event);
    metrics.topologyChanged(event.before(), event.after());
  }

  @Override
  public void onConnectionsCut(FailoverEvent.ConnectionsCut event) {
    memory.add(event);
  }

  @Override
  public void onSettingChanged(FailoverEvent.SettingChanged event) {
    memory.add(event);
  }

  @Override
  public void onMonitorReported(FailoverEvent.MonitorReported event) {
    memory.add(event);
  }

  @Override
  public void onWritesResumed(FailoverEvent.WritesResumed event) {
    memory.add(event);
  }

  @Override
  public void onSubscriptionResumed(FailoverEvent.SubscriptionResumed event) {
    memory.add(event);
  }

  @Override
  public void onMasterLost(FailoverEvent.MasterLost event) {
    memory.add(event);
  }

  @Override
  public void onMasterFound(FailoverEvent.MasterFound event) {
    memory.add(event);
  }
}
