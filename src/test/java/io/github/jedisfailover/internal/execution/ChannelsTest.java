package io.github.jedisfailover.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.args.Rawable;

class ChannelsTest {
  private final Channels channels = new Channels();

  private void ask(Command command, String... names) {
    channels.asked(new CommandArguments(command).addObjects((Object[]) names));
  }

  private void tell(Command word, String name) {
    channels.told(Arrays.asList(bytes(word.name().toLowerCase(Locale.ROOT)), bytes(name), 1L));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> renewal() {
    List<String> lines = new ArrayList<>();
    for (CommandArguments command : channels.renewal()) {
      List<String> words = new ArrayList<>();
      for (Rawable word : command) {
        words.add(new String(word.getRaw(), StandardCharsets.UTF_8));
      }
      lines.add(String.join(" ", words));
    }
    return lines;
  }

  private List<String> farewells() {
    return channels.farewells().stream()
        .map(reply -> (List<?>) reply)
        .map(parts -> text(parts.get(0)) + " " + text(parts.get(1)) + " " + parts.get(2))
        .toList();
  }

  private static String text(Object raw) {
    return raw == null ? "-" : new String((byte[]) raw, StandardCharsets.UTF_8);
  }

  @Test
  void aNewNodeIsAskedForAllThatIsWantedNow() {
    ask(Command.SUBSCRIBE, "a", "b");
    ask(Command.PSUBSCRIBE, "p*");
    ask(Command.SSUBSCRIBE, "s");
    ask(Command.SUBSCRIBE, "ü");
    ask(Command.UNSUBSCRIBE, "b");
    assertThat(renewal()).containsExactly("SUBSCRIBE a ü", "PSUBSCRIBE p*", "SSUBSCRIBE s");
    ask(Command.UNSUBSCRIBE);
    ask(Command.PING);
    assertThat(renewal()).containsExactly("PSUBSCRIBE p*", "SSUBSCRIBE s");
  }

  @Test
  void itIsConfirmedWhenEachWasAnswered() {
    ask(Command.SUBSCRIBE, "a", "b");
    channels.renewal();
    tell(Command.SUBSCRIBE, "a");
    assertThat(channels.isConfirmed()).isFalse();
    tell(Command.PSUBSCRIBE, "b");
    assertThat(channels.isConfirmed()).isFalse();
    tell(Command.UNSUBSCRIBE, "b");
    assertThat(channels.isConfirmed()).isTrue();
  }

  @Test
  void whatWasLeftWithoutANodeIsAnsweredHere() {
    ask(Command.SUBSCRIBE, "a", "b");
    tell(Command.SUBSCRIBE, "a");
    tell(Command.SUBSCRIBE, "b");
    assertThat(channels.believesNothing()).isFalse();
    ask(Command.UNSUBSCRIBE, "a");
    assertThat(farewells()).containsExactly("unsubscribe a 1");
    channels.wantNothing();
    assertThat(farewells()).containsExactly("unsubscribe a 1", "unsubscribe b 0");
  }

  @Test
  void theLoopEndsAlsoIfNothingWasEverConfirmed() {
    ask(Command.SUBSCRIBE, "a");
    ask(Command.UNSUBSCRIBE, "a");
    assertThat(channels.wantsNothing()).isTrue();
    assertThat(farewells()).containsExactly("unsubscribe - 0");
  }
}
