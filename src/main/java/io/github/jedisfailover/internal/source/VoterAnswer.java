package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;

/**
 * What one voter says about one group.
 *
 * @param configEpoch epoch of the failover that made {@code master} the master
 * @param master the address clients must use
 * @param masterDown whether the voter cannot reach the master
 */
record VoterAnswer(
    NodeAddress voter,
    long configEpoch,
    NodeAddress master,
    boolean masterDown,
    List<Replica> replicas) {
  VoterAnswer {
    replicas = List.copyOf(replicas);
  }

  /**
   * One replica as the voter sees it.
   *
   * @param of where it replicates from; {@code null} if unknown
   */
  record Replica(NodeAddress address, boolean reachable, boolean linkUp, NodeAddress of) {}
}
