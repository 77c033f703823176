package io.github.jedisfailover.topology;

import java.util.function.Consumer;

/**
 * Finds out who is master and who is replica, and says so whenever it changes.
 *
 * <p>A source is started once and closed once. It calls the sink from any thread; the receiver
 * orders the snapshots by their version and drops old ones.
 */
public interface TopologySource extends AutoCloseable {
  /**
   * Begins to look; returns without waiting for the first answer.
   *
   * @param sink takes each new snapshot; never blocks
   */
  void start(Consumer<TopologySnapshot> sink);

  /**
   * Somebody had trouble with this node: look at it now instead of at the next period. Never blocks
   * and never marks the node down by itself.
   *
   * @param node the node that failed a call
   */
  void hint(NodeAddress node);

  /** Ends all threads and connections of the source; later calls do nothing. */
  @Override
  void close();
}
