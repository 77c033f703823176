package io.github.jedisfailover.internal.monitor.wire;

import java.util.ArrayList;
import java.util.List;

/** Splits an inline request, quotes and escapes as {@code sdssplitargs} in Redis' sds.c. */
final class InlineWords {
  private static final String ESCAPED = "nrtba";
  private static final String MEANT = "\n\r\t\b\u0007";

  private final String line;
  private int at;

  private InlineWords(String line) {
    this.line = line;
  }

  /**
   * @throws RespProtocolException if a quote does not end, or does not end the word
   */
  static List<String> of(String line) {
    int zero = line.indexOf('\0');
    return new InlineWords(zero < 0 ? line : line.substring(0, zero)).words();
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    skipSpaces();
    while (at < line.length()) {
      words.add(word());
      skipSpaces();
    }
    return words;
  }

  private void skipSpaces() {
    while (at < line.length() && isSpace(line.charAt(at))) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  /** Fewer than the spaces between words. */
  private static boolean endsWord(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    while (at < line.length() && !endsWord(line.charAt(at))) {
      char c = line.charAt(at++);
      if (c == '"' || c == '\'') {
        quoted(word, c);
        if (at < line.length() && !isSpace(line.charAt(at))) {
          throw unbalanced();
        }
        return word.toString();
      }
      word.append(c);
    }
    return word.toString();
  }

  private void quoted(StringBuilder word, char quote) {
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == quote) {
        return;
      }
      boolean escape = c == '\\' && at < line.length();
      if (escape && quote == '"') {
        word.append(escaped());
      } else if (escape && line.charAt(at) == '\'') {
        word.append('\'');
        at++;
      } else {
        word.append(c);
      }
    }
    throw unbalanced();
  }

  private char escaped() {
    char c = line.charAt(at++);
    if (c == 'x' && at + 1 < line.length()) {
      int high = Character.digit(line.charAt(at), 16);
      int low = Character.digit(line.charAt(at + 1), 16);
      if (high >= 0 && low >= 0) {
        at += 2;
        return (char) (16 * high + low);
      }
    }
    int known = ESCAPED.indexOf(c);
    return known < 0 ? c : MEANT.charAt(known);
  }

  private static RespProtocolException unbalanced() {
    return new RespProtocolException("Protocol error: unbalanced quotes in request");
  }
}
