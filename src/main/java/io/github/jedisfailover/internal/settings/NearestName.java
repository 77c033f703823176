package io.github.jedisfailover.internal.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who wrote a name that does not exist. */
final class NearestName {
  private NearestName() {}

  /** The name with the fewest wrong letters; empty if more than a third of them is wrong. */
  static Optional<String> to(String written, Collection<String> names) {
    int most = Math.max(2, written.length() / 3);
    return names.stream()
        .filter(n -> distance(written, n) <= most)
        .min(Comparator.comparingInt((String n) -> distance(written, n)).thenComparing(n -> n));
  }

  /** Letters to insert, remove or replace; case, hyphens and underscores cost nothing. */
  private static int distance(String written, String name) {
    String a = plain(written);
    String b = plain(name);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static String plain(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
