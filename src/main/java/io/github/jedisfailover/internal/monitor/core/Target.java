package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;

/** The far end of one link of the monitor. */
public sealed interface Target {
  NodeAddress address();

  /** A Redis node of one master group. The same node in two groups has two links. */
  record Redis(String master, NodeAddress address) implements Target {}

  /** Another voter; one link serves all master groups. */
  record Peer(NodeAddress address) implements Target {}
}
