package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.pool.NodePool;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;

/**
 * A node as a call sees it: its pool and, for a replica, its breaker.
 *
 * @param pool lends the connections
 * @param breaker keeps reads away while the node is sick; {@code null} for a master, which nothing
 *     can stand in for
 */
record Lane(NodePool pool, NodeBreaker breaker) {
  static Lane to(NodeView node, NodePool pool) {
    return new Lane(pool, node.role() == NodeRole.MASTER ? null : new NodeBreaker(pool.toString()));
  }

  boolean admits() {
    return breaker == null || breaker.admits();
  }

  /** The node answered, if only with an error. */
  void answered() {
    if (breaker != null) {
      breaker.answered();
    }
  }

  void failed(Throwable failure) {
    if (breaker != null) {
      breaker.failed(failure);
    }
  }
}
