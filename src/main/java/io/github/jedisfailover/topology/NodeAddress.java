package io.github.jedisfailover.topology;

import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;

/**
 * Host and port of one Redis node or monitor, as given: nothing is resolved here.
 *
 * <p>Two addresses are equal if their ports are equal and their hosts are equal ignoring case.
 *
 * @param host host name or IP address, without brackets; never blank
 * @param port TCP port, 1 to 65535
 */
public record NodeAddress(String host, int port) implements Comparable<NodeAddress> {
  private static final Comparator<NodeAddress> ORDER =
      Comparator.comparing(NodeAddress::host).thenComparingInt(NodeAddress::port);

  /**
   * Checks the parts.
   *
   * @param host host name or IP address
   * @param port TCP port
   * @throws IllegalArgumentException if the host is blank or the port is outside 1 to 65535
   */
  public NodeAddress {
    Objects.requireNonNull(host, "host");
    host = host.trim().toLowerCase(Locale.ROOT);
    if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == ',')) {
      throw new IllegalArgumentException(
          "host must be a name or an IP address without spaces or commas, was '" + host + "'");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port must be 1..65535, was " + port);
    }
  }

  /**
   * Reads {@code host:port} or {@code [ipv6]:port}.
   *
   * @param text the address
   * @return the parsed address
   * @throws IllegalArgumentException if the text has no port or a part is invalid
   */
  public static NodeAddress parse(String text) {
    Objects.requireNonNull(text, "address");
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("address must be host:port, was '" + text + "'");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return new NodeAddress(host, Integer.parseInt(text.substring(colon + 1).trim()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "address must be host:port with a numeric port, was '" + text + "'", e);
    }
  }

  @Override
  public int compareTo(NodeAddress other) {
    return ORDER.compare(this, other);
  }

  /** {@code host:port}, or {@code [ipv6]:port} as Redis Sentinel names replicas. */
  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
