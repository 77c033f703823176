package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.core.IpText;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.Optional;

/** Reads addresses that strangers send. */
final class Addresses {
  private Addresses() {}

  /** Whether this is an address in numbers; a name is not. */
  static boolean isIp(String host) {
    return IpText.isIp(host);
  }

  /** Empty if the host or the port cannot be one. */
  static Optional<NodeAddress> of(String host, String port) {
    try {
      return Optional.of(new NodeAddress(host, Integer.parseInt(port)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
