package io.github.jedisfailover.internal.monitor.acl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Passwords are kept as SHA-256 in lower case hex, as Redis keeps them. */
final class Passwords {
  private static final String HEX = "0123456789abcdef";

  private Passwords() {}

  /**
   * @param password one character per byte
   */
  static String hash(String password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(password.getBytes(StandardCharsets.ISO_8859_1));
      StringBuilder hex = new StringBuilder(2 * bytes.length);
      for (byte b : bytes) {
        hex.append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
      }
      return hex.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static boolean isHash(String text) {
    return text.length() == 64 && text.chars().allMatch(c -> HEX.indexOf(c) >= 0);
  }

  /** Takes the same time wherever a hash differs, and looks at all of them. */
  static boolean matches(List<String> hashes, String password) {
    byte[] given = hash(password).getBytes(StandardCharsets.ISO_8859_1);
    boolean found = false;
    for (String hash : hashes) {
      found |= MessageDigest.isEqual(hash.getBytes(StandardCharsets.ISO_8859_1), given);
    }
    return found;
  }
}
