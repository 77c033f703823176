package io.github.jedisfailover.internal.routing;

/** What a command asks of the node that runs it. */
public enum CommandIntent {
  /** Writes, blocks, depends on one node's state, or is unknown. */
  MASTER_ONLY,
  /** Reads data that every replica holds. */
  ANY_NODE
}
