package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

import io.github.jedisfailover.topology.NodeAddress;

/** One Redis node of a group: what was heard of it, and where the failover stands with it. */
final class RedisNode {
  /** Progress of re-pointing a replica to the promoted one; Sentinel's flags. */
  enum Reconf {
    NONE,
    SENT,
    IN_PROGRESS,
    DONE
  }

  final Target.Redis target;
  final LinkHealth link;

  /** What it is called; never changes, even if what is shown of addresses does. */
  final String name;

  InfoReport info;
  long infoAt = NEVER;
  long infoAskedAt = NEVER;
  long helloAt;
  long helloAskedAt = NEVER;
  String runId = "";

  /** Known to copy this group's data; a seed that was only named is never commanded or promoted. */
  boolean member = true;

  /** Its run id changed and it has not answered a PING normally since. */
  boolean rebooted;

  long rebootedAt = NEVER;

  /** Came back without data while its replicas have some; see {@link EmptyMasterRule}. */
  boolean emptied;

  /** What its last INFO before a reboot told; {@code null} unless that has to be compared. */
  InfoReport beforeReboot;

  /** A master that seems to have lost its data; its replicas are looked at. */
  boolean suspected;

  long suspectedAt = NEVER;

  /** A replica whose INFO was read since its master is suspected. */
  boolean lookedAt;

  /** Sent since it is subjectively down. */
  boolean scriptKillSent;

  boolean sDown;
  long sDownSince = NEVER;
  boolean reportsMaster;
  long roleSince;
  NodeAddress reportedMaster;
  long masterChangedAt;
  Reconf reconf = Reconf.NONE;
  long reconfSentAt = NEVER;
  long commandedAt = NEVER;

  RedisNode(Target.Redis target, LinkHealth link, boolean configuredMaster, long now) {
    this.target = target;
    this.link = link;
    this.name = target.address().toString();
    this.reportsMaster = configuredMaster;
    this.roleSince = now;
    this.masterChangedAt = now;
    this.helloAt = now;
  }

  NodeAddress address() {
    return target.address();
  }

  boolean usable() {
    return link.up() && !sDown;
  }

  /** Whether this node, as a replica, serves the data of {@code master}. */
  boolean follows(NodeAddress master) {
    return info != null && !reportsMaster && info.linkUp() && master.equals(reportedMaster);
  }
}
