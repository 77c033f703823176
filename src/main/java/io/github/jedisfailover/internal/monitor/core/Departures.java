package io.github.jedisfailover.internal.monitor.core;

/**
 * Where this monitor does better than Sentinel; each can be switched off.
 *
 * @param syncedOnly a replica that never synchronised, or is empty while others are not, is not
 *     promoted
 * @param emptyMaster a master that comes back empty while its replicas hold data counts as down
 * @param epochCap an epoch far above all known ones is not taken over from one peer alone
 * @param fastDemotion an old master is made a replica as soon as a majority has confirmed the
 *     configuration
 * @param patience a fresh master gets one more {@code down-after-milliseconds}
 * @param stallDiscount a late tick of our own is taken off everybody's silence
 * @param leavesDeadPromoted a promoted replica that dies ends its failover, so that it can be
 *     replaced
 * @param splitRetry an election that nobody can win any more is given up at once and tried again
 * @param handover a manual failover of a healthy master pauses its writes until the replica has all
 *     of them, and demotes it before anybody is told
 * @param closerPings a node is asked at least twice within {@code down-after-milliseconds}: one
 *     that freezes is noticed after one and a half of them at the latest, and not after two
 */
public record Departures(
    boolean syncedOnly,
    boolean emptyMaster,
    boolean epochCap,
    boolean fastDemotion,
    boolean patience,
    boolean stallDiscount,
    boolean leavesDeadPromoted,
    boolean splitRetry,
    boolean handover,
    boolean closerPings) {
  public static final Departures ALL =
      new Departures(true, true, true, true, true, true, true, true, true, true);

  /** Exactly Sentinel's rules. */
  public static final Departures NONE =
      new Departures(false, false, false, false, false, false, false, false, false, false);
}
