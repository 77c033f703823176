package io.github.jedisfailover.internal.monitor.core;

import java.util.List;

/**
 * The state machine as its driver sees it. Not thread-safe: one thread owns it. The same inputs at
 * the same times give the same actions.
 */
public interface MonitorCore {
  /**
   * @param nowMillis monotonic; never falls
   * @return what to do, in order
   */
  List<CoreAction> step(CoreInput input, long nowMillis);

  CoreView view(long nowMillis);
}
