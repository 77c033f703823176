package io.github.jedisfailover.internal.monitor.tls;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Ciphers by the names of {@code tls-ciphers}, which are OpenSSL's: a list of names and groups, of
 * which {@code !} bans some, {@code -} takes some out and {@code +} moves some to the end.
 */
final class CipherNames {
  /** Groups by what OpenSSL's names of their members show. */
  private static final Map<String, Predicate<String>> GROUPS =
      Map.ofEntries(
          Map.entry("ALL", name -> true),
          Map.entry("DEFAULT", name -> true),
          Map.entry("HIGH", name -> true),
          Map.entry("ECDHE", name -> name.startsWith("ECDHE-")),
          Map.entry("EECDH", name -> name.startsWith("ECDHE-")),
          Map.entry("kECDHE", name -> name.startsWith("ECDHE-")),
          Map.entry("DHE", name -> name.startsWith("DHE-")),
          Map.entry("EDH", name -> name.startsWith("DHE-")),
          Map.entry("kDHE", name -> name.startsWith("DHE-")),
          Map.entry("kRSA", name -> name.startsWith("AES")),
          Map.entry("RSA", name -> name.startsWith("AES") || name.contains("-RSA-")),
          Map.entry("aRSA", name -> name.startsWith("AES") || name.contains("-RSA-")),
          Map.entry("ECDSA", name -> name.contains("-ECDSA-")),
          Map.entry("aECDSA", name -> name.contains("-ECDSA-")),
          Map.entry("AES", name -> name.contains("AES")),
          Map.entry("AES128", name -> name.contains("AES128")),
          Map.entry("AES256", name -> name.contains("AES256")),
          Map.entry("AESGCM", name -> name.contains("-GCM-")),
          Map.entry("CHACHA20", name -> name.contains("CHACHA20")),
          Map.entry("SHA", name -> name.endsWith("-SHA")),
          Map.entry("SHA1", name -> name.endsWith("-SHA")),
          Map.entry("SHA256", name -> name.endsWith("-SHA256")),
          Map.entry("SHA384", name -> name.endsWith("-SHA384")));

  private CipherNames() {}

  /** OpenSSL's name of a suite; before TLS 1.3 it is another one than everybody else's. */
  static String openSsl(String suite) {
    int with = suite.indexOf("_WITH_");
    if (with < 0) {
      return suite;
    }
    String exchange = suite.substring("TLS_".length(), with).replace('_', '-');
    String cipher =
        suite
            .substring(with + "_WITH_".length())
            .replace("AES_", "AES")
            .replace("_CBC", "")
            .replace("POLY1305_SHA256", "POLY1305")
            .replace('_', '-');
    return exchange.equals("RSA") ? cipher : exchange + "-" + cipher;
  }

  /**
   * The suites that a list chooses, in its order. Words that name nothing are passed over, as
   * OpenSSL does.
   *
   * @param suites what the JVM offers before TLS 1.3
   */
  static List<String> chosen(String list, List<String> suites) {
    Set<String> chosen = new LinkedHashSet<>();
    Set<String> banned = new LinkedHashSet<>();
    for (String word : list.split("[:, ]+")) {
      char sign = word.isEmpty() ? ' ' : word.charAt(0);
      boolean signed = "!-+".indexOf(sign) >= 0;
      List<String> meant = new ArrayList<>(suites);
      meant.removeIf(suite -> !matches(openSsl(suite), signed ? word.substring(1) : word));
      if (sign == '!') {
        banned.addAll(meant);
      }
      if (sign == '+') {
        meant.retainAll(chosen);
      }
      if (signed) {
        meant.forEach(chosen::remove);
      }
      if (!signed || sign == '+') {
        chosen.addAll(meant);
      }
      chosen.removeAll(banned);
    }
    return List.copyOf(chosen);
  }

  private static boolean matches(String name, String word) {
    for (String part : word.split("\\+")) {
      boolean inGroup = GROUPS.containsKey(part) && GROUPS.get(part).test(name);
      if (!inGroup && !name.equals(part)) {
        return false;
      }
    }
    return true;
  }
}
