package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.topology.NodeAddress;

/**
 * Where a listener listens, and for whom.
 *
 * @param address as it is told to others
 * @param sockets taken already
 */
record ListenerSetup(
    NodeAddress address, ListenerConfig config, ListenerSockets sockets, ListenerAccess access) {}
