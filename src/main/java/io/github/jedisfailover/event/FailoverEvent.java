package io.github.jedisfailover.event;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
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
   * The client has no master that its source can reach: the known one does not answer, or none is
   * known any more. Writes wait from now on, unless only the source lost sight of it.
   *
   * @param client name of the client
   * @param at wall-clock time
   * @param master which one was lost
   */
  record MasterLost(String client, Instant at, NodeAddress master) implements FailoverEvent {
    @Override
    public void deliverTo(FailoverListener listener) {
      listener.onMasterLost(this);
    }
  }

  /**
   * The client has a master again, or its first one.
   *
   * @param client name of the client
   * @param at wall-clock time
   * @param master which one; the same that was lost, or another
   * @param lostFor since it was {@link MasterLost}; zero if none was lost before
   */
  record MasterFound(String client, Instant at, NodeAddress master, Duration lostFor)
      implements FailoverEvent {
    @Override
    public void deliverTo(FailoverListener listener) {
      listener.onMasterFound(this);
    }
  }

  /**
   * A failover has ended for this client's callers: the new master has answered the first command
   * for a master. Told when there is such a command; a client that only reads never hears of it.
   *
   * @param client name of the client
   * @param at wall-clock time
   * @param from the master that answered before
   * @param to the master that answers now; the same address if it was lost and came back
   * @param epoch of the failover
   * @param gap from the last good answer of the one to the first of the other, without the time in
   *     which nobody asked
   */
  record WritesResumed(
      String client, Instant at, NodeAddress from, NodeAddress to, long epoch, Duration gap)
      implements FailoverEvent {
    @Override
    public void deliverTo(FailoverListener listener) {
      listener.onWritesResumed(this);
    }
  }

  /**
   * A subscription was interrupted and is in force again.
   *
   * @param client name of the client
   * @param at wall-clock time
   * @param node where it goes on
   * @param atMost for how long at most it may have missed messages
   */
  record SubscriptionResumed(String client, Instant at, NodeAddress node, Duration atMost)
      implements FailoverEvent {
    @Override
    public void deliverTo(FailoverListener listener) {
      listener.onSubscriptionResumed(this);
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
