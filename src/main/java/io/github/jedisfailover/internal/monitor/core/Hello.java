package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;

/**
 * One hello message: who sends it, and which master address and epochs it believes in.
 *
 * @param configEpoch epoch of the failover that made {@code master} the master
 */
public record Hello(
    NodeAddress sender,
    String senderId,
    long currentEpoch,
    String masterName,
    NodeAddress master,
    long configEpoch) {}
