package io.github.jedisfailover.internal.monitor.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfWordsTest {
  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          a b  c             ~ a;b;c    ~ blanks separate
          `  a  `            ~ a        ~ none at the ends
          ``                 ~ ``       ~ no word
          "a b" 'c d'        ~ a b;c d  ~ both quotes hold blanks
          ""                 ~ <>       ~ an empty word
          '' ""              ~ <>;<>    ~ two of them
          a"b c"             ~ ab c     ~ a quote may open inside a word
          "\\x41\\x7a"       ~ Az       ~ bytes in hexadecimal
          "\\x4g"            ~ x4g      ~ not hexadecimal: the backslash is dropped
          "\\q\\"\\\\"       ~ q"\\     ~ a backslash makes the next one plain
          'a\\'b'            ~ a'b      ~ the only escape in single quotes
          'a\\nb'            ~ a\\nb    ~ no other one
          a\\nb              ~ a\\nb    ~ none without quotes
          a#b #c             ~ a#b;#c   ~ a hash is a character here
          "a'b"              ~ a'b      ~ the other quote is plain
          """)
  void splits(String line, String words, String why) {
    List<String> expected =
        words.isEmpty()
            ? List.of()
            : List.of(words.split(";")).stream().map(w -> w.replace("<>", "")).toList();
    assertThat(ConfWords.split(line)).as(why).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"a", "'a", "\"a\"b", "'a'b", "a\"b\"c", "\"a\\\"", "'a\\'", "\"\"\"", "x '"})
  void refusesQuotesThatAreNotBalanced(String line) {
    assertThat(ConfWords.split(line)).isEmpty();
  }

  @Test
  void controlCharactersHaveNames() {
    assertThat(ConfWords.split("\"\\n\\r\\t\\b\\a\"")).contains(List.of("\n\r\t\b\u0007"));
    assertThat(ConfWords.quoted("\n\r\t\b\u0007\u0001\u007f\u00ffa\"\\'"))
        .isEqualTo("\"\\n\\r\\t\\b\\a\\x01\\x7f\\xffa\\\"\\\\'\"");
  }

  @Test
  void aVerticalTabSeparatesButDoesNotEndAWord() {
    assertThat(ConfWords.split("\u000ba\u000bb \fc\"d\"\u000be"))
        .contains(List.of("a\u000bb", "cd", "e"));
  }

  @Test
  void everythingAfterANulIsLost() {
    assertThat(ConfWords.split("a b\0c d")).contains(List.of("a", "b"));
  }

  @Test
  void whatIsQuotedIsReadBack() {
    Random random = new Random(7);
    for (int run = 0; run < 20_000; run++) {
      List<String> words = new ArrayList<>();
      StringBuilder line = new StringBuilder();
      for (int i = random.nextInt(4); i >= 0; i--) {
        String word = word(random);
        words.add(word);
        line.append(random.nextBoolean() ? ConfWords.quoted(word) : ConfWords.quotedIfNeeded(word))
            .append(" \t\f".charAt(random.nextInt(2)));
      }
      assertThat(ConfWords.split(line.toString())).as("run %d: %s", run, line).contains(words);
    }
  }

  /** Short words of few characters: each rule is met often. */
  static String word(Random random) {
    String alphabet = "ab\"'\\ x4#\n\t\u000b\u0000\u00e4";
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      word.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return word.toString();
  }
}
