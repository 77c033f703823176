package io.github.jedisfailover.internal.monitor.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Words of one line: taken apart and put together as Redis' {@code sdssplitargs} and its kin. */
final class ConfWords {
  private static final String ESCAPED = "nrtba";
  private static final String ESCAPES = "\n\r\t\b\u0007";

  private ConfWords() {}

  /**
   * The words of a line; empty if its quotes are not balanced.
   *
   * <p>Inside double quotes a backslash starts {@code \n \r \t \b \a} or {@code \xHH}; before
   * anything else it is dropped. Inside single quotes only {@code \'} is special. A closing quote
   * must be followed by a blank or the end; an opening one may follow other characters.
   */
  static Optional<List<String>> split(String line) {
    Scanner scanner = new Scanner(line);
    List<String> words = new ArrayList<>();
    while (scanner.skipBlanks()) {
      StringBuilder word = new StringBuilder();
      if (!scanner.word(word)) {
        return Optional.empty();
      }
      words.add(word.toString());
    }
    return Optional.of(words);
  }

  /** The word in double quotes with all that does not print escaped, as {@code sdscatrepr}. */
  static String quoted(String word) {
    StringBuilder text = new StringBuilder(word.length() + 2).append('"');
    for (char c : word.toCharArray()) {
      int escape = ESCAPES.indexOf(c);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (escape >= 0) {
        text.append('\\').append(ESCAPED.charAt(escape));
      } else if (c < ' ' || c > '~') {
        text.append(String.format(Locale.ROOT, "\\x%02x", c & 0xff));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }

  /** The word bare, or quoted where it would not be read back as it is. */
  static String quotedIfNeeded(String word) {
    boolean bare =
        !word.isEmpty() && word.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '\'');
    return bare ? word : quoted(word);
  }

  /** Without the blanks that Redis strips from both ends of a line; not those of a word. */
  static String trimmed(String line) {
    int from = 0;
    int to = line.length();
    while (from < to && endsWord(line.charAt(from))) {
      from++;
    }
    while (to > from && endsWord(line.charAt(to - 1))) {
      to--;
    }
    return line.substring(from, to);
  }

  /** Lower case of ASCII letters only: names are bytes of no known encoding. */
  static String lower(String word) {
    char[] text = word.toCharArray();
    for (int i = 0; i < text.length; i++) {
      text[i] += text[i] >= 'A' && text[i] <= 'Z' ? 32 : 0;
    }
    return new String(text);
  }

  static boolean same(String a, String b) {
    return lower(a).equals(lower(b));
  }

  private static boolean endsWord(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** C's {@code isspace}: two more than what ends a word, skipped only between words. */
  static boolean isBlank(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  private static final class Scanner {
    private final String line;
    private int at;

    Scanner(String line) {
      // Redis sees C strings: nothing after a NUL counts.
      int nul = line.indexOf('\0');
      this.line = nul < 0 ? line : line.substring(0, nul);
    }

    boolean skipBlanks() {
      while (at < line.length() && isBlank(line.charAt(at))) {
        at++;
      }
      return at < line.length();
    }

    /** Reads one word and what ends it; false if a quote is left open or closed inside a word. */
    boolean word(StringBuilder word) {
      while (at < line.length() && !endsWord(line.charAt(at))) {
        char c = line.charAt(at++);
        if (c == '"' || c == '\'') {
          return quoted(c, word) && closed();
        }
        word.append(c);
      }
      return true;
    }

    private boolean closed() {
      return at == line.length() || isBlank(line.charAt(at));
    }

    private boolean quoted(char quote, StringBuilder word) {
      while (at < line.length()) {
        char c = line.charAt(at++);
        if (c == quote) {
          return true;
        }
        if (c != '\\' || at == line.length()) {
          word.append(c);
        } else if (quote == '"') {
          escaped(word);
        } else if (line.charAt(at) == '\'') {
          word.append('\'');
          at++;
        } else {
          word.append(c);
        }
      }
      return false;
    }

    private void escaped(StringBuilder word) {
      char c = line.charAt(at);
      if (c == 'x' && at + 2 < line.length() && hex(at + 1) >= 0 && hex(at + 2) >= 0) {
        word.append((char) (hex(at + 1) * 16 + hex(at + 2)));
        at += 3;
        return;
      }
      int known = ESCAPED.indexOf(c);
      word.append(known < 0 ? c : ESCAPES.charAt(known));
      at++;
    }

    private int hex(int index) {
      char c = line.charAt(index);
      return c < 128 ? Character.digit(c, 16) : -1;
    }
  }
}
