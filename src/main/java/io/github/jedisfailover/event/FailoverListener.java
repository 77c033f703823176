package io.github.jedisfailover.event;

/**
 * Receives events of one client on its own thread, in order, never two at a time. A listener may
 * block: only later events wait. What it throws is logged and otherwise ignored.
 */
public interface FailoverListener {
  /**
   * The client acts on a new snapshot.
   *
   * @param event what changed
   */
  default void onTopologyChanged(FailoverEvent.TopologyChanged event) {}

  /**
   * The master cannot be reached any more.
   *
   * @param event which
   */
  default void onMasterLost(FailoverEvent.MasterLost event) {}

  /**
   * There is a master again.
   *
   * @param event which, and for how long there was none
   */
  default void onMasterFound(FailoverEvent.MasterFound event) {}

  /**
   * A new master has answered its first command: the failover has ended for the callers.
   *
   * @param event from where to where, and how long it took
   */
  default void onWritesResumed(FailoverEvent.WritesResumed event) {}

  /**
   * A subscription is in force again.
   *
   * @param event where, and what may have been missed
   */
  default void onSubscriptionResumed(FailoverEvent.SubscriptionResumed event) {}

  /**
   * Connections were cut.
   *
   * @param event where and how many
   */
  default void onConnectionsCut(FailoverEvent.ConnectionsCut event) {}

  /**
   * A setting was changed while the client runs.
   *
   * @param event which, from what, to what
   */
  default void onSettingChanged(FailoverEvent.SettingChanged event) {}

  /**
   * The embedded monitor reports, in Sentinel's words.
   *
   * @param event name and payload
   */
  default void onMonitorReported(FailoverEvent.MonitorReported event) {}
}
