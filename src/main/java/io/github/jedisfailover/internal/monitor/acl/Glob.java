package io.github.jedisfailover.internal.monitor.acl;

/** Redis' patterns: {@code *}, {@code ?}, {@code [a-z]}, {@code [^x]} and {@code \}. */
public final class Glob {
  private final String pattern;
  private final String text;
  private int p;
  private int t;

  private Glob(String pattern, String text) {
    this.pattern = pattern;
    this.text = text;
  }

  public static boolean matches(String pattern, String text) {
    return new Glob(pattern, text).run();
  }

  /** Goes back to the last star only, so the time is bounded by the product of the lengths. */
  private boolean run() {
    int starAt = -1;
    int textAtStar = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        starAt = p++;
        textAtStar = t;
      } else if (p < pattern.length() && matchesOne()) {
        t++;
      } else if (starAt >= 0) {
        p = starAt + 1;
        t = ++textAtStar;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private boolean matchesOne() {
    char c = text.charAt(t);
    char want = pattern.charAt(p);
    if (want == '[') {
      return matchesClass(c);
    }
    if (want == '\\' && p + 1 < pattern.length()) {
      want = pattern.charAt(p + 1);
      p += want == c ? 2 : 0;
      return want == c;
    }
    boolean yes = want == '?' || want == c;
    p += yes ? 1 : 0;
    return yes;
  }

  private boolean matchesClass(char c) {
    int at = p + 1;
    boolean negated = at < pattern.length() && pattern.charAt(at) == '^';
    at += negated ? 1 : 0;
    boolean found = false;
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      if (pattern.charAt(at) == '\\' && at + 1 < pattern.length()) {
        at++;
      }
      char from = pattern.charAt(at);
      char to = from;
      if (at + 2 < pattern.length() && pattern.charAt(at + 1) == '-') {
        to = pattern.charAt(at + 2);
        at += 2;
      }
      found |= c >= Math.min(from, to) && c <= Math.max(from, to);
      at++;
    }
    boolean yes = found != negated;
    if (yes) {
      p = Math.min(at + 1, pattern.length());
    }
    return yes;
  }
}
