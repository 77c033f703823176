package io.github.jedisfailover.topology;

import java.util.Objects;

/**
 * One node as a source saw it at one moment.
 *
 * @param address where it is
 * @param role what it is to the group
 * @param reachable whether the source can talk to it; {@code false} once it is subjectively down
 * @param linkUp for a replica: its {@code master_link_status} is {@code up}; {@code true} for a
 *     master
 * @param syncing for a replica: an initial synchronisation is running; {@code false} for a master
 */
public record NodeView(
    NodeAddress address, NodeRole role, boolean reachable, boolean linkUp, boolean syncing) {

  /**
   * Checks that nothing is missing.
   *
   * @param address where it is
   * @param role what it is to the group
   * @param reachable whether the source can talk to it
   * @param linkUp whether its link to the master is up
   * @param syncing whether an initial synchronisation is running
   */
  public NodeView {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(role, "role");
  }

  /**
   * A reachable master.
   *
   * @param address its address
   * @return the view
   */
  public static NodeView master(NodeAddress address) {
    return new NodeView(address, NodeRole.MASTER, true, true, false);
  }

  /**
   * A replica that follows its master.
   *
   * @param address its address
   * @return the view
   */
  public static NodeView replica(NodeAddress address) {
    return new NodeView(address, NodeRole.REPLICA, true, true, false);
  }

  /**
   * Whether a read may be served here: it answers, and if it is a replica its link to the master is
   * up and no initial synchronisation is running. A replica that is still loading its first copy
   * would answer {@code nil} for keys that exist.
   *
   * @return {@code true} if fit
   */
  public boolean fitForReads() {
    return reachable && linkUp && !syncing;
  }
}
