package io.github.jedisfailover.config;

/**
 * Where a monitor does better than Redis Sentinel on purpose; {@link MonitorConfig.Builder#without}
 * switches single ones off, and with them all a monitor follows Sentinel's own rules. Members of
 * one group may differ in them.
 */
public enum SentinelDeparture {
  /**
   * A replica that never synchronised, or is empty while another good one is not, is not promoted.
   */
  SYNCED_ONLY,
  /**
   * A master that comes back empty while a replica holds the data counts as down. Without it such a
   * master wipes its replicas.
   */
  EMPTY_MASTER,
  /** An epoch far above all known ones is not taken over from one peer alone. */
  EPOCH_CAP,
  /**
   * An old master is made a replica as soon as a majority has confirmed the configuration. Without
   * it that takes up to ten seconds, in which it takes writes that are lost.
   */
  FAST_DEMOTION,
  /** A fresh master gets one more {@code downAfter} before it is called down. */
  PATIENCE,
  /** A pause of the monitor's own JVM is taken off everybody's silence. */
  STALL_DISCOUNT,
  /**
   * A promoted replica that dies while the others are re-pointed ends its failover, so that another
   * one can follow.
   */
  LEAVES_DEAD_PROMOTED,
  /**
   * An election that nobody can win any more is tried again within a second. Without it, after
   * twice {@code failoverTimeout}.
   */
  SPLIT_RETRY,
  /**
   * A manual failover of a healthy master pauses its writes until the replica has all of them.
   * Without it acknowledged writes can be lost, and a switchover, which promises that none is, is
   * refused.
   */
  HANDOVER,
  /**
   * A node is asked at least twice within {@code downAfter}. Without it a frozen one is noticed
   * after up to twice {@code downAfter}.
   */
  CLOSER_PINGS
}
