package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

/**
 * When a far end last gave a sign of life. {@code actPing} is the time of the oldest unanswered
 * PING, as Sentinel's {@code act_ping_time}: it survives reconnects and only a valid reply clears
 * it. It starts at creation, so that an instance that never connects goes down too.
 */
final class LinkHealth {
  private boolean up;
  private long connectedAt;
  private long actPing;
  private boolean pingUnsent;
  private long lastPing = NEVER;
  private long lastPong;
  private long lastAvail;

  LinkHealth(long now) {
    reset(now);
  }

  /** As new, but for whether the connection stands. */
  void reset(long now) {
    actPing = up ? NEVER : now;
    pingUnsent = false;
    lastPong = now;
    lastAvail = now;
  }

  boolean up() {
    return up;
  }

  void connected(long now) {
    up = true;
    connectedAt = now;
  }

  /** Old enough, a PING unanswered and nothing heard for longer than {@code silence}. */
  boolean seemsHalfOpen(long now, long minAge, long silence) {
    return up
        && now - connectedAt > minAge
        && actPing != NEVER
        && now - actPing > silence
        && now - lastPong > silence;
  }

  /** It will be made anew; not asked for again before it is as old again. */
  void cutAsked(long now) {
    connectedAt = now;
  }

  /** The PING of the reconnect that follows counts from now, as Sentinel sends it at once. */
  void disconnected(long now) {
    up = false;
    pingUnsent = false;
    if (actPing == NEVER) {
      actPing = now;
    }
  }

  boolean pingDue(long now, long period) {
    return up && now - lastPong >= period && now - lastPing >= period / 2;
  }

  void pingAsked(long now) {
    lastPing = now;
    if (actPing == NEVER) {
      actPing = now;
      pingUnsent = true;
    }
  }

  /** The PING waited for its thread until now: that wait was ours, not the far end's. */
  void pingSent(long now) {
    if (pingUnsent) {
      pingUnsent = false;
      actPing = now;
    }
  }

  void pong(long now, boolean valid) {
    lastPong = now;
    if (valid) {
      lastAvail = now;
      actPing = NEVER;
      pingUnsent = false;
    }
  }

  /** Milliseconds without the answer that is due; 0 if nothing is due. */
  long silence(long now) {
    return actPing == NEVER ? 0 : now - actPing;
  }

  /** Our own process stood still for this long: nobody was silent to us in that time. */
  void discount(long stalledMillis, long now) {
    if (actPing != NEVER) {
      actPing = Math.min(now, actPing + stalledMillis);
    }
  }

  long lastAvail() {
    return lastAvail;
  }

  long lastPong() {
    return lastPong;
  }
}
