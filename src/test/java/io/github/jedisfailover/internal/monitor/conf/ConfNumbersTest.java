package io.github.jedisfailover.internal.monitor.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and addresses, as C reads them. */
class ConfNumbersTest {
  private static final Surroundings SOMEWHERE = Surroundings.unchecked("/");

  @ParameterizedTest
  @CsvSource({
    "12, 12, 12",
    "'  -7x', -7, 18446744073709551609",
    "+5, 5, 5",
    "x, 0, 0",
    "'', 0, 0",
    "-, 0, 0",
    "2147483648, -2147483648, 2147483648",
    "4294967297, 1, 4294967297",
    "99999999999999999999, -1, 18446744073709551615",
    "-99999999999999999999, 0, 18446744073709551615",
    "18446744073709551615, -1, 18446744073709551615"
  })
  void leadingDigitsCount(String text, int atoi, String strtoull) {
    assertThat(CNumbers.atoi(text)).isEqualTo(atoi);
    assertThat(Long.toUnsignedString(CNumbers.strtoull(text))).isEqualTo(strtoull);
  }

  /** Exactly read, such words would take minutes. */
  @Test
  void wordsOfAMillionDigitsTakeNoTime() {
    String digits = "1".repeat(1_000_000);
    assertThat(CNumbers.atoi(digits)).isEqualTo(-1);
    assertThat(CNumbers.atoi("0".repeat(1_000_000) + "7")).isEqualTo(7);
    assertThat(CNumbers.strtoull("-" + digits)).isEqualTo(-1);
    assertThat(CNumbers.whole("-" + digits)).hasValue(Long.MIN_VALUE);
    assertThat(CNumbers.strict(digits)).isEmpty();
    assertThatThrownBy(
            () -> ListOption.PERCENTILES.read(List.of(digits + "x"), List.of(), SOMEWHERE))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "+1", "1 ", " 1", "-0", "1x", "9223372036854775808"})
  void strictNumbersAreWholeAndPlain(String text) {
    assertThat(CNumbers.strict(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE, Long.MAX_VALUE})
  void strictNumbersReachBothEnds(long value) {
    assertThat(CNumbers.strict("" + value)).isEqualTo(OptionalLong.of(value));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1000, 1000, 1000",
    "1k, 1000, 1000",
    "1KB, 1024, 1kb",
    "3Mb, 3145728, 3mb",
    "2048kb, 2097152, 2mb",
    "1g, 1000000000, 1000000000",
    "1gb, 1073741824, 1gb",
    "7b, 7, 7",
    "18446744073709551615, -1, 18446744073709551615"
  })
  void memoryHasUnits(String text, long bytes, String written) {
    assertThat(CNumbers.memory(text)).isEqualTo(OptionalLong.of(bytes));
    assertThat(CNumbers.memoryText(bytes)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1x", "kb1", "1 kb", "1tb", "1.5gb"})
  void otherMemoryIsNone(String text) {
    assertThat(CNumbers.memory(text)).isEmpty();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "127.1, 127.0.0.1",
    "1, 0.0.0.1",
    "0x7f.0.0.010, 127.0.0.8",
    "1.2.65535, 1.2.255.255",
    "4294967295, 255.255.255.255",
    "::, ::",
    "::1, ::1",
    "0:0:0:0:0:0:0:1, ::1",
    "2001:DB8::00a:0:0:1, 2001:db8::a:0:0:1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:0:2:0:0:3:4, 1::2:0:0:3:4",
    "1:2:3:0:5:6:7:8, 1:2:3:0:5:6:7:8",
    "::ffff:1.2.3.4, ::ffff:1.2.3.4",
    "::102:304, ::1.2.3.4",
    "1::, 1::",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0"
  })
  void addressesHaveOneForm(String text, String form) {
    assertThat(NumericHost.of(text)).contains(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "a.b",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.256",
        "1..2",
        "08.1.1.1",
        "-1",
        " 1",
        "1.2.3.4 ",
        "4294967296",
        ":",
        ":::",
        "1:2",
        "1::2::3",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "::g",
        "::1.2.3",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "::01.2.3.4",
        "1:2:3:4:5:6:7:8::",
        "::1%lo",
        "[::1]"
      })
  void allElseIsAName(String text) {
    assertThat(NumericHost.of(text)).isEmpty();
  }
}
