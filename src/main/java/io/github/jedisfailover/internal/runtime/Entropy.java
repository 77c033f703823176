package io.github.jedisfailover.internal.runtime;

import java.security.SecureRandom;

/** The only door to chance: seeds and identities are drawn here and passed on as values. */
public final class Entropy {
  private static final String HEX = "0123456789abcdef";

  private Entropy() {}

  public static long seed() {
    return new SecureRandom().nextLong();
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
