package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;

/**
 * What one INFO reply says, as far as Sentinel reads it.
 *
 * @param runId empty if the line is missing
 * @param master whether {@code role:master} was seen; a reply without a role counts as a replica
 * @param replicas the nodes that a master lists
 * @param masterAddress where a replica replicates from; {@code null} for a master or if unreadable
 * @param linkUp {@code master_link_status:up}
 * @param syncing {@code master_sync_in_progress:1}
 * @param linkDownSeconds {@code master_link_down_since_seconds}; 0 if absent, -1 if it never synced
 * @param priority {@code slave_priority}, 100 if absent
 * @param offset {@code slave_repl_offset} of a replica, {@code master_repl_offset} of a master
 * @param announced {@code replica_announced}
 * @param raw the whole text
 * @param data what it says of the data
 */
public record InfoReport(
    String runId,
    boolean master,
    List<NodeAddress> replicas,
    NodeAddress masterAddress,
    boolean linkUp,
    boolean syncing,
    long linkDownSeconds,
    int priority,
    long offset,
    boolean announced,
    String raw,
    Data data) {
  public InfoReport {
    replicas = List.copyOf(replicas);
  }

  /** Without what is told of the data. */
  public InfoReport(
      String runId,
      boolean master,
      List<NodeAddress> replicas,
      NodeAddress masterAddress,
      boolean linkUp,
      boolean syncing,
      long linkDownSeconds,
      int priority,
      long offset,
      boolean announced,
      String raw) {
    this(
        runId,
        master,
        replicas,
        masterAddress,
        linkUp,
        syncing,
        linkDownSeconds,
        priority,
        offset,
        announced,
        raw,
        Data.UNKNOWN);
  }

  /**
   * What a node holds.
   *
   * @param history {@code master_replid}: nodes with the same one hold the same history up to their
   *     offsets; empty if unknown
   * @param keys in all databases, -1 if unknown
   * @param loading whether it still reads its data from disk
   */
  public record Data(String history, long keys, boolean loading) {
    public static final Data UNKNOWN = new Data("", -1, false);

    boolean empty() {
      return keys == 0;
    }

    boolean some() {
      return keys > 0;
    }

    boolean sameHistory(Data other) {
      return !history.isEmpty() && history.equals(other.history);
    }
  }
}
