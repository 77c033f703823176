package io.github.jedisfailover.sentinel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.sentinel.Normaliser.How;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NormaliserTest {
  private static final Normaliser PLAIN = new Normaliser(Map.of("26379", "PORT"));

  private static String text(String wire, How first, How... rest) {
    byte[] bytes = wire.replace("|", "\r\n").getBytes(ISO_8859_1);
    return PLAIN.text(bytes, EnumSet.of(first, rest));
  }

  @Test
  void exactKeepsTypesTextsAndOrder() {
    assertThat(text("+OK|:1|$-1|*-1|_|*2|$1|b|$1|a|", How.EXACT))
        .isEqualTo("+OK\n:1\n$(null)\n*(null)\n_\n*2[$b, $a]");
    assertThat(text("$1|1|", How.EXACT)).isNotEqualTo(text(":1|", How.EXACT));
    assertThat(text("%1|+a|>1|:1|", How.EXACT)).isEqualTo("%1[+a, >1[:1]]");
  }

  @Test
  void whatBelongsToOneServerIsReplaced() {
    assertThat(text("*1|$5|26379|", How.EXACT)).isEqualTo("*1[$PORT]");
  }

  @Test
  void bytesThatAreNoFrameAreShown() {
    assertThat(text("+OK|$5|ab", How.EXACT)).isEqualTo("+OK\n?$5\r\nab");
    assertThat(text("$1|abc|", How.EXACT)).startsWith("?");
  }

  @Test
  void timesLoseTheirValuesAndOtherFieldsDoNot() {
    String wire = "*4|$15|last-ping-reply|$3|123|$6|quorum|$1|2|";
    assertThat(text(wire, How.TIMES)).isEqualTo("*4[$last-ping-reply, $<time>, $quorum, $2]");
    assertThat(text(wire, How.EXACT)).contains("$123");
  }

  @Test
  void sortedIgnoresOrderInAnyDepthAndNothingElse() {
    assertThat(text("*2|*2|+b|+a|+0|", How.SORTED)).isEqualTo("*2[*2[+a, +b], +0]");
    assertThat(text("*1|+a|", How.SORTED)).isNotEqualTo(text("*1|+b|", How.SORTED));
  }

  @Test
  void namesOfLinesStay() {
    assertThat(text("$11|# A\r\nb:1\r\nc|", How.NAMES)).isEqualTo("$# A\nb\nc");
  }

  @Test
  void numbersLoseTheirValuesInAnyDepth() {
    assertThat(text("*2|:42|*1|:7|", How.NUMBERS)).isEqualTo("*2[:<n>, *1[:<n>]]");
    assertThat(text("$2|42|", How.NUMBERS)).isEqualTo("$42");
  }

  @Test
  void measuredValuesOfClientsGo() {
    assertThat(text("$27|id=7 name=x sub=0 rbs=16384|", How.CLIENTS))
        .isEqualTo("$id=<> name=x sub=0 rbs=<>");
  }

  @Test
  void wordsIgnoresTheirOrder() {
    assertThat(text("$7|+b +a c|", How.WORDS)).isEqualTo("$+a +b c");
    assertThat(text("*2|+b|+a|", How.WORDS)).isEqualTo("*2[+b, +a]");
  }

  @Test
  void shapeKeepsTypesAndLengths() {
    assertThat(text("*3|:42|$3|abc|$-1|", How.SHAPE)).isEqualTo("*3[:<n>, $<3>, $(null)]");
  }
}
