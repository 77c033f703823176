package io.github.jedisfailover.testing.containers;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An IPv4 subnet.
 *
 * @param base its first address
 * @param bits fixed bits
 */
record Subnet4(int base, int bits) {
  /** The lower half must hold the largest group. */
  private static final int MOST_BITS = 25;

  /**
   * Reads {@code 172.18.0.0/16}.
   *
   * @throws IllegalStateException if it is too small for a group
   */
  static Subnet4 parse(String text) {
    String[] parts = text.split("/");
    int base =
        Arrays.stream(parts[0].split("\\."))
            .mapToInt(Integer::parseInt)
            .reduce(0, (a, b) -> a << 8 | b);
    int bits = Integer.parseInt(parts[1]);
    if (bits > MOST_BITS) {
      throw new IllegalStateException(
          "the engine's networks must be /" + MOST_BITS + " or larger, was " + text);
    }
    return new Subnet4(base, bits);
  }

  /** The address with this number, 0 for the subnet's own. */
  String address(int number) {
    int address = base + number;
    return IntStream.of(24, 16, 8, 0)
        .mapToObj(shift -> String.valueOf(address >>> shift & 255))
        .collect(Collectors.joining("."));
  }

  Subnet4 upperHalf() {
    return new Subnet4(base | 1 << 31 - bits, bits + 1);
  }

  @Override
  public String toString() {
    return address(0) + "/" + bits;
  }
}
