package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.Optional;

/** The pause of a healthy master's writes, while a replica catches up and takes its place. */
final class Handover {
  /**
   * An order of which the end is awaited.
   *
   * @param from the master when it was given
   * @param to the replica to promote; empty for the best one
   */
  record Asked(long ticket, NodeAddress from, Optional<NodeAddress> to) {}

  final Target.Redis master;

  /** No replica is ordered to lead after this. */
  final long orderUntil;

  /**
   * The server pauses at least until then: it counts from later on, and its clock runs the same.
   */
  final long pausedUntil;

  /** All that the master has to give; {@link Times#NEVER} until its writes wait. */
  long offset = NEVER;

  String refusal = "";
  long stepDownAskedAt = NEVER;
  boolean steppedDown;

  /** The last word of the master, after it was asked to step down, was that it is one. */
  boolean stays;

  private boolean paused;

  Handover(Target.Redis master, long now, long pauseMillis) {
    this.master = master;
    this.orderUntil = now + pauseMillis * 2 / 3;
    this.pausedUntil = now + pauseMillis;
  }

  void paused(String why) {
    paused = why.isEmpty();
    refusal = why;
  }

  /** The link answers in order: an INFO that comes after the pause was read in it. */
  void masterRead(InfoReport info) {
    if (paused && offset == NEVER && info.master()) {
      offset = info.offset();
    }
    stays = stepDownAskedAt != NEVER && info.master();
    steppedDown = stepDownAskedAt != NEVER && !info.master();
  }

  boolean caughtUp(RedisNode replica) {
    return offset != NEVER && replica.follows(master.address()) && replica.info.offset() >= offset;
  }
}
