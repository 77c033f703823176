package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.pool.NodePool;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.CallObserver;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;

/** What an observed call has been through. Not thread-safe: one per call. */
final class CallTrace {
  private final CallObserver.Call call;
  private final MonotonicClock clock;
  private final long start;
  private NodePool last;
  private int attempts;

  CallTrace(CallObserver.Call call, MonotonicClock clock) {
    this.call = call;
    this.clock = clock;
    this.start = clock.nanos();
  }

  /** One more attempt begins. */
  void at(NodePool node) {
    last = node;
    attempts++;
  }

  /**
   * @param failure {@code null} if there is a reply
   */
  void ended(RuntimeException failure) {
    NodeAddress node = last == null ? null : last.address();
    NodeRole role = last == null ? null : last.role();
    int retries = Math.max(0, attempts - 1);
    call.ended(new CallObserver.Result(clock.nanos() - start, node, role, retries, failure));
  }
}
