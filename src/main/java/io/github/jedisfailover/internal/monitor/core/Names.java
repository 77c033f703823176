package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Host names, in a monitor that discovers its peers. A node keeps the address under which it was
 * first named, so that its link looks the name up again at each connect; what other messages call
 * it is compared by the resolved addresses. Looking up is the driver's: {@link CoreAction.Resolve}
 * asks for it and {@link CoreInput.HostResolved} tells the answer.
 */
final class Names {
  private static final long ASK_MILLIS = 1_000;

  private final CoreState s;
  private final Map<String, String> ips = new HashMap<>();
  private final Map<String, Long> asked = new HashMap<>();

  Names(CoreState state) {
    this.s = state;
  }

  void resolved(String host, String ip) {
    ips.put(new NodeAddress(host, 1).host(), ip);
  }

  private String ip(String host) {
    return ips.getOrDefault(host, host);
  }

  /** Same port, and the same name or the same resolved address. */
  boolean same(NodeAddress a, NodeAddress b) {
    return a.port() == b.port() && ip(a.host()).equals(ip(b.host()));
  }

  /** The one of {@code known} that is the same, or {@code address} itself if none is. */
  NodeAddress among(Collection<NodeAddress> known, NodeAddress address) {
    if (ips.isEmpty() || known.contains(address)) {
      return address;
    }
    return known.stream().filter(k -> same(k, address)).findFirst().orElse(address);
  }

  /**
   * Whether an address that was told may be used: names only if they are allowed and could be
   * looked up. What is not known yet is asked for, and the message that told it comes again.
   */
  boolean usable(NodeAddress address) {
    String host = address.host();
    if (!s.discovers || IpText.isIp(host)) {
      return true;
    }
    if (!s.global.resolveHostnames()) {
      return false;
    }
    if (!ips.containsKey(host)) {
      ask(host);
      return false;
    }
    return true;
  }

  /** Asks for the address behind a name that is used whether or not it can be looked up. */
  void ask(String host) {
    boolean due = s.now - asked.getOrDefault(host, NEVER) >= ASK_MILLIS;
    if (due && !IpText.isIp(host)) {
      asked.put(host, s.now);
      s.act(new CoreAction.Resolve(host));
    }
  }

  /** As it is told to others: the name only if names are announced. */
  NodeAddress shown(NodeAddress address) {
    return s.global.announceHostnames()
        ? address
        : Optional.ofNullable(ips.get(address.host()))
            .map(ip -> new NodeAddress(ip, address.port()))
            .orElse(address);
  }
}
