package io.github.jedisfailover.internal.doctor;

import static io.github.jedisfailover.internal.doctor.Severity.DANGER;
import static io.github.jedisfailover.internal.doctor.Severity.NOTE;
import static io.github.jedisfailover.internal.doctor.Severity.WARNING;

import java.util.Locale;

/** Everything that the doctor looks for. */
public enum Rule {
  NO_MASTER(DANGER, true, "no node that answers says that it is a master"),
  SEVERAL_MASTERS(DANGER, true, "more than one node says that it is a master"),
  NODE_SILENT(DANGER, true, "a node does not answer"),
  LINK_DOWN(DANGER, true, "a replica has no connection to its master"),
  WRITES_REFUSED(DANGER, true, "the master has fewer good replicas than `min-replicas-to-write`"),
  PERSISTENCE_FAILS(DANGER, true, "the last write to disk failed"),
  GROUP_UNKNOWN(DANGER, true, "a monitor does not watch the group"),
  MONITOR_SILENT(DANGER, true, "a monitor does not answer"),
  MONITORS_DISAGREE(DANGER, true, "monitors name different masters or epochs"),
  MASTER_SEEN_DOWN(DANGER, true, "a monitor calls the master down"),
  QUORUM_UNREACHABLE(DANGER, true, "the monitors that are there cannot carry out a failover"),
  ADDRESS_UNREACHABLE(DANGER, false, "an announced address cannot be reached: NAT or containers"),
  NO_REPLICA(DANGER, false, "there is no replica"),
  NO_CANDIDATE(DANGER, false, "all replicas have `replica-priority 0`"),
  NO_PERSISTENCE(DANGER, false, "the master keeps nothing on disk"),
  REPLICA_WRITABLE(DANGER, false, "`replica-read-only no`"),
  MASTERAUTH_MISSING(DANGER, false, "a node has no `masterauth`, and the group has a password"),
  OPEN_TO_ALL(DANGER, false, "no password, no protected mode, and other machines may connect"),
  TOO_FEW_MONITORS(DANGER, false, "fewer than three monitors"),
  MONITORS_ON_ONE_HOST(DANGER, false, "without one host there is no majority of monitors"),
  UNMONITORED(WARNING, false, "no monitor watches the master"),
  MIN_REPLICAS_UNSET(WARNING, false, "`min-replicas-to-write 0`"),
  BACKLOG_SMALL(WARNING, false, "`repl-backlog-size` is the default, or less than a minute"),
  OUTPUT_BUFFER_SMALL(WARNING, false, "`client-output-buffer-limit replica` is small"),
  REPLICA_OF_OTHER(WARNING, false, "a replica does not follow the master"),
  REPLICA_LAGGING(WARNING, false, "a replica is more than 10 s or the whole backlog behind"),
  SETTINGS_DIFFER(WARNING, false, "nodes have different settings, and each may become the master"),
  CONFIG_NOT_KEPT(WARNING, false, "a node runs without a config file"),
  CLOCKS_DIFFER(WARNING, false, "the nodes' clocks differ by more than 1 s"),
  VERSIONS_DIFFER(WARNING, false, "the nodes run different releases of Redis"),
  QUORUM_BELOW_MAJORITY(WARNING, false, "the quorum is less than a majority of the monitors"),
  MONITORS_DIFFER(WARNING, false, "monitors have different settings for the group"),
  MONITOR_UNKNOWN_TO_OTHERS(WARNING, false, "a monitor knows fewer monitors than others do"),
  DOWN_AFTER_SHORT(WARNING, false, "`down-after-milliseconds` below 500"),
  TILT(WARNING, false, "a monitor is in TILT: its own clock or CPU stalled"),
  MONITORS_SHARE_HOST(NOTE, false, "several monitors on one host, without harm to the majority"),
  MONITORS_UNSEEN(NOTE, false, "monitors watch the group, and none was named to be checked"),
  MAXMEMORY_UNSET(NOTE, false, "`maxmemory 0`"),
  SETTINGS_UNSEEN(NOTE, false, "`CONFIG GET` is refused: settings were not checked");

  private final Severity severity;
  private final boolean acute;
  private final String summary;

  Rule(Severity severity, boolean acute, String summary) {
    this.severity = severity;
    this.acute = acute;
    this.summary = summary;
  }

  public Severity severity() {
    return severity;
  }

  /** Whether something is wrong now, and not only ready to go wrong. */
  public boolean acute() {
    return acute;
  }

  public String summary() {
    return summary;
  }

  /** As people and scripts write it: {@code no-master}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
