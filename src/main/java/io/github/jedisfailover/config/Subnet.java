package io.github.jedisfailover.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** A network in CIDR form. Looks no name up: only literal addresses are in a network. */
final class Subnet {
  private final String text;
  private final byte[] network;
  private final int bits;

  private Subnet(String text, byte[] network, int bits) {
    this.text = text;
    this.network = network;
    this.bits = bits;
  }

  static Subnet parse(String text) {
    int slash = text.indexOf('/');
    Optional<byte[]> address = literal(slash < 0 ? "" : text.substring(0, slash).trim());
    String length = slash < 0 ? "" : text.substring(slash + 1).trim();
    boolean number = length.matches("\\d{1,3}");
    if (address.isEmpty() || !number || Integer.parseInt(length) > 8 * address.get().length) {
      throw new IllegalArgumentException(
          "subnet must be a network such as 10.1.0.0/16 or fd00:1::/32, was '" + text + "'");
    }
    return new Subnet(text.trim(), address.get(), Integer.parseInt(length));
  }

  boolean contains(String host) {
    Optional<byte[]> address = literal(host);
    if (address.isEmpty() || address.get().length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if (((address.get()[bit >> 3] ^ network[bit >> 3]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Only texts that cannot be names reach the JDK, so it never asks a name server. */
  private static Optional<byte[]> literal(String host) {
    boolean four = host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    boolean six = host.indexOf(':') >= 0 && host.matches("[0-9a-fA-F:.]+");
    if (!four && !six) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(host).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Subnet that
        && bits == that.bits
        && Arrays.equals(network, that.network);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(network) + bits;
  }

  @Override
  public String toString() {
    return text;
  }
}
