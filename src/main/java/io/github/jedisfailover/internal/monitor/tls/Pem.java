package io.github.jedisfailover.internal.monitor.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM text; what stands between them is for people. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final Pattern HEADER = Pattern.compile("(?m)^[A-Za-z-]+:.*$");

  private Pem() {}

  /**
   * One block.
   *
   * @param label for example {@code RSA PRIVATE KEY}
   * @param locked whether the envelope says that it is encrypted
   * @param content in DER
   */
  record Block(String label, boolean locked, byte[] content) {}

  /**
   * @throws IllegalArgumentException if a block is not in Base64
   */
  static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher found = BLOCK.matcher(text);
    while (found.find()) {
      String body = found.group(2);
      boolean locked = body.contains("Proc-Type:");
      byte[] content = Base64.getMimeDecoder().decode(HEADER.matcher(body).replaceAll("").strip());
      blocks.add(new Block(found.group(1), locked, content));
    }
    return blocks;
  }
}
