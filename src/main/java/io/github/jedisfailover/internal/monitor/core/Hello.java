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
    long configEpoch) {
  /** As the sender's host: the address of the socket that the hello leaves by. */
  public static final String ANY_HOST = "0.0.0.0";

  /** Sent from this host, if none is announced. */
  public Hello from(String host) {
    return sender.host().equals(ANY_HOST)
        ? new Hello(
            new NodeAddress(host, sender.port()),
            senderId,
            currentEpoch,
            masterName,
            master,
            configEpoch)
        : this;
  }
}
