package io.github.jedisfailover.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisConnectionException;

class BlockedTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Began at 0 and is cut loose: after 2 s it waits on, after 9 s its time is over. */
  @ParameterizedTest
  @CsvSource({
    "XREAD BLOCK 5000 STREAMS s 0, 3000, true",
    "TS.READ k 0 BLOCK 5000 9, 3000, false",
    "BLPOP l 5, 3.000, true"
  })
  void waitsForWhatIsLeftAndThenHasNothingOrAsks(String text, String left, boolean over) {
    CommandObject<Object> command = command(text);
    Blocked<Object> blocked = Blocked.of(command, 0).orElseThrow();
    assertThat(blocked.rest(2 * SECOND)).as("not cut loose yet").isSameAs(command);
    assertThat(blocked.hasWaited(Failure.UNKNOWN, new JedisConnectionException("cut"))).isTrue();
    assertThat(words(blocked.rest(2 * SECOND).getArguments())).contains(left);
    assertThat(blocked.isOver(2 * SECOND)).isFalse();
    assertThat(blocked.isOver(9 * SECOND)).isEqualTo(over);
    assertThat(blocked.searchNanos(4 * SECOND)).isEqualTo(over ? SECOND : Long.MAX_VALUE);
    String least = left.contains(".") ? "0.001" : "1";
    assertThat(words(blocked.rest(9 * SECOND).getArguments())).as("never for ever").contains(least);
  }

  private static CommandObject<Object> command(String text) {
    String[] words = text.split(" ");
    byte[] name = words[0].getBytes(StandardCharsets.UTF_8);
    CommandArguments arguments = new CommandArguments(() -> name);
    arguments.addObjects((Object[]) Arrays.copyOfRange(words, 1, words.length));
    return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
  }

  private static String[] words(CommandArguments arguments) {
    String[] words = new String[arguments.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = new String(arguments.get(i).getRaw(), StandardCharsets.UTF_8);
    }
    return words;
  }
}
