package io.github.jedisfailover.event;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Instant;

/** Something that happened to one client; delivered in order, never two at a time per client. */
public sealed interface FailoverEvent {
  /**
   * Name of the client or monitor that reports.
   *
   * @return the name
   */
  String client();

  /**
   * Wall-clock time, for people; no decision reads it.
   *
   * @return the time
   */
  Instant at();

  /**
   * Each kind names its callback: a new kind cannot be forgotten and old listeners still compile.
   *
   * @param listener receives this event
   */
  void deliverTo(FailoverListener listener);

  /**
   * The client acts on a new snapshot from now on.
   *
   * @param client name of the client
   * @param at wall-clock time
   * @param before the snapshot until now, {@link TopologySnapshot#UNKNOWN} at the first
   * @param after the snapshot from now on
   */
  record TopologyChanged(String client, Instant at, TopologySnapshot before, TopologySnapshot after)
      implements FailoverEvent {
    @Override
    public void deliverTo(FailoverListener listener) {
      listener.onTopologyChanged(this);
    }

    /**
     * Whether the master is another node than before.
     *
     * @return {@code true} for a switch, and for the first master found
     */
    public boolean masterChanged() {
      return !before.master().map(n -> n.address()).equals(after.master().map(n -> n.address()));
    }
  }

  /**
   * Connections to a node were closed because the node is no longer what they were opened for.
   *
   * @param client name of the client
   * @param at wall-clock time
   * @param node the node
   * @param connections how many were open
   */
  record ConnectionsCut(String client, Instant at, NodeAddress node, int connections)
      implements FailoverEvent {
    @Override
    public void deliverTo(FailoverListener listener) {
      listener.onConnectionsCut(this);
    }
  }

  /**
   * A setting was changed while the client runs.
   *
   * @param client name of the client
   * @param at wall-clock time
   * @param setting its name
   * @param before its value until now, as text
   * @param after its value from now on, as text
   */
  record SettingChanged(String client, Instant at, String setting, String before, String after)
      implements FailoverEvent {
    @Override
    public void deliverTo(FailoverListener listener) {
      listener.onSettingChanged(this);
    }
  }

  /**
   * What the embedded monitor reports, with the names and payloads of Redis Sentinel's events.
   *
   * @param client name of the monitor
   * @param at wall-clock time
   * @param name Sentinel's event name, for example {@code +sdown} or {@code +switch-master}
   * @param payload Sentinel's text
   */
  record MonitorReported(String client, Instant at, String name, String payload)
      implements FailoverEvent {
    @Override
    public void deliverTo(FailoverListener listener) {
      listener.onMonitorReported(this);
    }
  }
}
