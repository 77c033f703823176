package io.github.jedisfailover.internal.monitor.conf;

import java.util.Objects;

/**
 * An address as a config file gives it.
 *
 * @param host as written, a name or an IP address
 * @param ip the address behind it in its usual form; empty if the name could not be resolved
 * @param port 0 to 65535; Redis never connects to port 0
 */
public record ConfAddress(String host, String ip, int port) {
  public ConfAddress {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(ip, "ip");
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0..65535, was " + port);
    }
  }

  /** An address that is shown and written as it is given. */
  public static ConfAddress of(String host, int port) {
    return new ConfAddress(host, NumericHost.of(host).orElse(""), port);
  }

  /**
   * What is written and told: the IP address, or the name if names are announced or all we have.
   */
  public String shown(boolean announceHostnames) {
    return announceHostnames || ip.isEmpty() ? host : ip;
  }

  /** Redis' equality: same port, and the same IP address or the same name. */
  public boolean same(ConfAddress other) {
    return port == other.port
        && (ip.equals(other.ip) && !ip.isEmpty() || ConfWords.same(host, other.host));
  }
}
