package io.github.jedisfailover.topology;

/** What a node is to the group, as the source of the snapshot decided. */
public enum NodeRole {
  /** The one node that takes writes. */
  MASTER,
  /** A node that copies the master, or should. */
  REPLICA
}
