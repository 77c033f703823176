package io.github.jedisfailover.internal.monitor.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.core.Hello;
import io.github.jedisfailover.internal.monitor.core.InfoReport;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Damaged and hostile hellos and INFO texts: they are read or refused, never an exception, and what
 * is read holds. Each input comes from its seed: {@code -Dfuzz.inputs=10000000 -Dfuzz.first=0} for
 * a longer or another run.
 */
class ParserFuzzTest {
  private static final long INPUTS = Long.getLong("fuzz.inputs", 20_000);
  private static final long FIRST = Long.getLong("fuzz.first", 0);
  private static final List<String> PIECES =
      List.of(
          ",",
          ":",
          "=",
          "\r\n",
          "\n",
          "-1",
          "0",
          "65536",
          "18446744073709551615",
          "18446744073709551616",
          "99999999999999999999999",
          "slave0:",
          "ip=",
          "port=",
          "role:",
          "master",
          "slave",
          "master_host:",
          "master_port:x",
          "master_link_down_since_seconds:-1",
          "run_id:",
          "db0:keys=",
          "\u0000",
          "\u00ff",
          " ");

  private static final String HELLO =
      "127.0.0.1,40102,f71a0ce6dcdb19edc3669b52448d0035ecfadd39,1,mymaster,127.0.0.1,40002,1";

  @Test
  void aHelloIsReadOrRefused() {
    each(
        HELLO,
        text -> {
          Optional<Hello> hello = HelloCodec.decode(text);
          hello.ifPresent(
              h -> {
                assertThat(h.currentEpoch()).isNotNegative();
                assertThat(h.configEpoch()).isNotNegative();
                assertThat(HelloCodec.decode(HelloCodec.encode(h))).contains(h);
              });
        });
  }

  @Test
  void anInfoTextIsAlwaysRead() {
    for (String sample : List.of("info-7.0-master.txt", "info-7.0-replica.txt")) {
      each(
          InfoParserTest.captured(sample),
          text -> {
            InfoReport info = InfoParser.parse(text);
            assertThat(info.replicas()).hasSizeLessThanOrEqualTo(text.length());
            assertThat(info.master() && info.masterAddress() != null).isFalse();
          });
    }
  }

  private static void each(String sample, Consumer<String> check) {
    for (long seed = FIRST; seed < FIRST + INPUTS; seed++) {
      String text = damaged(sample, new Random(seed));
      try {
        check.accept(text);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + text, e);
      }
    }
  }

  private static String damaged(String sample, Random dice) {
    StringBuilder text = new StringBuilder(sample);
    for (int i = 1 + dice.nextInt(6); i > 0; i--) {
      int at = dice.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + dice.nextInt(12));
      switch (dice.nextInt(4)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, PIECES.get(dice.nextInt(PIECES.size())));
        case 2 -> text.insert(at, text.substring(at, end).repeat(1 + dice.nextInt(4)));
        default -> text.insert(at, (char) dice.nextInt(256));
      }
    }
    return text.toString();
  }
}
