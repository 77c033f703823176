package io.github.jedisfailover.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

class CursorsTest {
  @ParameterizedTest
  @ValueSource(strings = {"1", "17", "281474976710655"})
  void aMarkedCursorIsStillAPositiveNumberAndGivesBackBoth(String cursor) {
    for (String process : List.of("", "a", "e5a1f8d2", "127.0.0.1:6379")) {
      int mark = Cursors.mark(process);
      String marked = Cursors.marked(cursor, mark);
      assertThat(mark).isBetween(1, 0x7fff);
      assertThat(Long.parseLong(marked)).isPositive();
      assertThat(Cursors.markOf(marked)).isEqualTo(mark);
      assertThat(Cursors.bare(marked)).isEqualTo(cursor);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "281474976710656", "18446744073709551615", "x", ""})
  void theEndAndWhatHasNoRoomStayAsTheyAre(String cursor) {
    assertThat(Cursors.marked(cursor, 5)).isEqualTo(cursor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "17", "18446744073709551615", "-1", "x", ""})
  void whatCarriesNoMarkIsPassedOn(String cursor) {
    assertThat(Cursors.markOf(cursor)).isZero();
    assertThat(Cursors.bare(cursor)).isEqualTo(cursor);
  }

  @ParameterizedTest
  @CsvSource({
    "SCAN 5, 1",
    "HSCAN k 5, 2",
    "SSCAN k 5, 2",
    "ZSCAN k 5, 2",
    "GET k, 0",
    "HSCAN k, 0"
  })
  void knowsWhereTheCursorStands(String command, int index) {
    String[] words = command.split(" ");
    CommandArguments known = new CommandArguments(Protocol.Command.valueOf(words[0]));
    CommandArguments own =
        new CommandArguments(() -> words[0].toLowerCase().getBytes(StandardCharsets.UTF_8));
    for (int i = 1; i < words.length; i++) {
      known.add(words[i]);
      own.add(words[i]);
    }
    assertThat(Cursors.index(known)).isEqualTo(index);
    assertThat(Cursors.index(own)).isEqualTo(index);
  }

  @Test
  void onlyACursorInAReplyIsMarked() {
    List<?> reply =
        (List<?>) Cursors.markedReply(List.of(new byte[] {'7'}, List.of()), Cursors.mark("p"));
    String cursor = new String((byte[]) reply.get(0), StandardCharsets.ISO_8859_1);
    assertThat(Cursors.bare(cursor)).isEqualTo("7");
    assertThat(Cursors.markOf(cursor)).isEqualTo(Cursors.mark("p"));
    assertThat(Cursors.markedReply("QUEUED", 3)).isEqualTo("QUEUED");
  }
}
