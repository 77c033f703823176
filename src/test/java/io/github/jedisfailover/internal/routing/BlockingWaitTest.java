package io.github.jedisfailover.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.args.Rawable;

class BlockingWaitTest {
  @ParameterizedTest
  @CsvSource({
    "BLPOP a b 10, BLPOP a b 2.500",
    "BRPOP a 10.5, BRPOP a 2.500",
    "BRPOPLPUSH a b 10, BRPOPLPUSH a b 2.500",
    "BLMOVE a b LEFT RIGHT 10, BLMOVE a b LEFT RIGHT 2.500",
    "BLMOVEM a b LEFT RIGHT 10 COUNT 3, BLMOVEM a b LEFT RIGHT 2.500 COUNT 3",
    "BZPOPMIN a 10, BZPOPMIN a 2.500",
    "BZPOPMAX a 10, BZPOPMAX a 2.500",
    "BLMPOP 10 1 a LEFT, BLMPOP 2.500 1 a LEFT",
    "BZMPOP 10 1 a MIN, BZMPOP 2.500 1 a MIN",
    "XREAD COUNT 5 BLOCK 9000 STREAMS BLOCK 0, XREAD COUNT 5 BLOCK 2500 STREAMS BLOCK 0",
    "XREADGROUP GROUP BLOCK BLOCK BLOCK 9000 STREAMS s >,"
        + " XREADGROUP GROUP BLOCK BLOCK BLOCK 2500 STREAMS s >",
    "TS.READ BLOCK 0 BLOCK 9000 5 MAX_COUNT 9, TS.READ BLOCK 0 BLOCK 2500 5 MAX_COUNT 9",
    "TS.READ k $ MAX_COUNT 9 BLOCK 9000 5, TS.READ k $ MAX_COUNT 9 BLOCK 2500 5"
  })
  void theTimeThatIsLeftTakesThePlaceOfTheTimeout(String command, String rest) {
    BlockingWait wait = BlockingWait.of(arguments(command)).orElseThrow();
    CommandArguments left = wait.within(arguments(command), Duration.ofMillis(2_500).toNanos());
    assertThat(words(left)).isEqualTo(rest);
    assertThat(left.isBlocking()).isTrue();
    assertThat(wait.forEver()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BLPOP a 0", "BLMPOP 0.0 1 a LEFT", "XREAD BLOCK 0 STREAMS s 0"})
  void zeroIsForEver(String command) {
    assertThat(BlockingWait.of(arguments(command)).orElseThrow().forEver()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BLPOP a 5", "BZMPOP 5 1 a MIN", "XREAD BLOCK 5000 STREAMS s 0"})
  void whatIsLeftIsNeverForEver(String command) {
    CommandArguments asked = arguments(command);
    CommandArguments left = BlockingWait.of(asked).orElseThrow().within(asked, 10);
    assertThat(words(left)).matches(".*(0\\.001|BLOCK 1 ).*|BLPOP a 0\\.001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET a",
        "XREAD COUNT 5 STREAMS BLOCK 5",
        "BLPOP a x",
        "BLPOP a -1",
        "BLPOP a 1e300",
        "BLPOP",
        "XREAD BLOCK",
        "XREAD BLOCK x STREAMS s 0",
        "TS.READ BLOCK 5",
        "TS.READ k 0 MAX_COUNT 5"
      })
  void whatDoesNotWaitOrIsWrongIsLeftToTheServer(String command) {
    assertThat(BlockingWait.of(arguments(command))).isEmpty();
  }

  /** It answers with the samples that there are, however few. */
  @Test
  void aReadOfSamplesIsAskedAgainWhenItsTimeIsOver() {
    assertThat(BlockingWait.of(arguments("TS.READ k 0 BLOCK 9 5")).orElseThrow().endsWithNil())
        .isFalse();
    assertThat(BlockingWait.of(arguments("XREAD BLOCK 9 STREAMS s 0")).orElseThrow().endsWithNil())
        .isTrue();
  }

  private static CommandArguments arguments(String command) {
    String[] words = command.split(" ");
    CommandArguments arguments =
        new CommandArguments(() -> words[0].getBytes(StandardCharsets.UTF_8));
    for (int i = 1; i < words.length; i++) {
      arguments.add(words[i]);
    }
    return arguments;
  }

  private static String words(CommandArguments arguments) {
    List<String> words = new ArrayList<>();
    for (Rawable word : arguments) {
      words.add(new String(word.getRaw(), StandardCharsets.UTF_8));
    }
    return String.join(" ", words);
  }
}
