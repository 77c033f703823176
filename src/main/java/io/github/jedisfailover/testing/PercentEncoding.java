package io.github.jedisfailover.testing;

import java.nio.charset.StandardCharsets;

/** What of a password may stand in a URI as it is, and what may not. */
final class PercentEncoding {
  private static final String PLAIN = "-._~";

  private PercentEncoding() {}

  static String of(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
      encoded.append(plain ? "" + c : String.format("%%%02X", b & 0xff));
    }
    return encoded.toString();
  }
}
