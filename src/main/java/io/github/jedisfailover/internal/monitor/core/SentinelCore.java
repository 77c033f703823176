package io.github.jedisfailover.internal.monitor.core;

import java.util.List;

/** The Sentinel state machine. */
public final class SentinelCore implements MonitorCore {
  /** Period of {@link CoreInput.Tick}. */
  public static final long TICK_MILLIS = 50;

  /**
   * @param myId 40 hex digits
   * @param me where this monitor listens
   * @param voters all voters, {@code me} included
   * @param stored what the last run stored, or an empty state for a monitor without memory
   * @param remembers whether {@code stored} really is the last state: only then may it vote at once
   * @param seed for everything random
   */
  public SentinelCore(
      String myId,
      io.github.jedisfailover.topology.NodeAddress me,
      List<io.github.jedisfailover.topology.NodeAddress> voters,
      PersistentState stored,
      boolean remembers,
      long seed) {}

  @Override
  public List<CoreAction> step(CoreInput input, long nowMillis) {
    throw new UnsupportedOperationException("in work");
  }

  @Override
  public CoreView view(long nowMillis) {
    throw new UnsupportedOperationException("in work");
  }
}
