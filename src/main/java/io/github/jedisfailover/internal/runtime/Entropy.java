package io.github.jedisfailover.internal.runtime;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The only door to chance: seeds and identities are drawn here and passed on as values. */
public final class Entropy {
  private static final String HEX = "0123456789abcdef";

  private Entropy() {}

  public static long seed() {
    return new SecureRandom().nextLong();
  }

  /** A number from {@code low} to {@code high}, both included. */
  public static long between(long low, long high) {
    return low + (long) (new SecureRandom().nextDouble() * (high - low + 1));
  }

  /** The same in an order of chance. */
  public static <T> List<T> shuffled(List<T> items) {
    List<T> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, new SecureRandom());
    return List.copyOf(shuffled);
  }

  /** Forty hex digits, as Sentinel's {@code myid}. */
  public static String id() {
    byte[] bytes = new byte[20];
    new SecureRandom().nextBytes(bytes);
    StringBuilder id = new StringBuilder(40);
    for (byte b : bytes) {
      id.append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
    }
    return id.toString();
  }
}
