package io.github.jedisfailover.internal.monitor.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RespCodecTest {
  private final RespCodec codec = new RespCodec(RequestLimits.DEFAULT);

  private void feed(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    codec.feed(bytes, 0, bytes.length);
  }

  private List<List<String>> all() {
    List<List<String>> requests = new ArrayList<>();
    Optional<List<String>> next = codec.next();
    while (next.isPresent()) {
      requests.add(next.get());
      next = codec.next();
    }
    return requests;
  }

  @Test
  void readsArraysInlineCommandsAndStrayEmptyLines() {
    feed("\r\n*2\r\n$4\r\nPING\r\n$2\r\nhi\r\nPING  x\r\n\n*0\r\n*-1\r\nINFO\n");
    assertThat(all()).containsExactly(List.of("PING", "hi"), List.of("PING", "x"), List.of("INFO"));
  }

  @Test
  void readsTheSameWhereverTheBytesAreCut() {
    String bytes = "*3\r\n$3\r\nfoo\r\n$0\r\n\r\n$4\r\n\r\n\r\n\r\nPING a\r\n";
    for (int cut = 0; cut <= bytes.length(); cut++) {
      RespCodec fresh = new RespCodec(RequestLimits.DEFAULT);
      List<List<String>> read = new ArrayList<>();
      for (String part : List.of(bytes.substring(0, cut), bytes.substring(cut))) {
        fresh.feed(part.getBytes(ISO_8859_1), 0, part.length());
        Optional<List<String>> next = fresh.next();
        while (next.isPresent()) {
          read.add(next.get());
          next = fresh.next();
        }
      }
      assertThat(read)
          .as("cut at %s", cut)
          .containsExactly(List.of("foo", "", "\r\n\r\n"), List.of("PING", "a"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*65\r\n",
        "*99999999999\r\n",
        "*x\r\n",
        "*1\r\n:5\r\n",
        "*1\r\n$16385\r\n",
        "*1\r\n$99999999999999\r\n",
        "*1\r\n$-1\r\n",
        "*11111111111111111111111111111"
      })
  void refusesWhatIsNoRequestOrTooBig(String bytes) {
    feed(bytes);
    assertThatThrownBy(codec::next).isInstanceOf(RespProtocolException.class);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '=',
      textBlock =
          """
      ping "a b"      = [ping, a b]
      ping 'a "b'     = [ping, a "b]
      ping 'it\\'s'   = [ping, it's]
      ping "\\x41\\t"  = [ping, A\t]
      ping "\\q\\\\"   = [ping, q\\]
      ping ""         = [ping, ]
      """)
  void readsQuotesOfInlineCommands(String line, String words) {
    feed(line + "\r\n");
    assertThat(all().toString()).isEqualTo("[" + words + "]");
  }

  @Test
  void aVerticalTabSeparatesButDoesNotEndAWord() {
    feed("ping\u000ba \u000b b\r\n");
    assertThat(all()).containsExactly(List.of("ping\u000ba", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping \"a\r\n", "ping \"a\"b\r\n", "ping 'a\r\n"})
  void refusesQuotesThatDoNotEndAWord(String line) {
    feed(line);
    assertThatThrownBy(codec::next).hasMessage("Protocol error: unbalanced quotes in request");
  }

  @Test
  void strangersMaySendLess() {
    codec.limit(RequestLimits.DEFAULT.beforeLogin());
    feed("*11\r\n");
    assertThatThrownBy(codec::next).hasMessage("Protocol error: unauthenticated multibulk length");
    RespCodec wide = new RespCodec(RequestLimits.of(1_000_000, 100, 250_000).beforeLogin());
    byte[] bulk = "*2\r\n$4\r\nAUTH\r\n$16385\r\n".getBytes(ISO_8859_1);
    wide.feed(bulk, 0, bulk.length);
    assertThatThrownBy(wide::next).hasMessage("Protocol error: unauthenticated bulk length");
  }

  @Test
  void refusesAnEndlessInlineLine() {
    feed("x".repeat(RequestLimits.DEFAULT.bulkBytes() + 1));
    assertThatThrownBy(codec::next).isInstanceOf(RespProtocolException.class);
  }

  @Test
  void refusesManyLegalBulksThatTogetherAreTooBig() {
    String bulk = "$16000\r\n" + "x".repeat(16000) + "\r\n";
    feed("*5\r\n" + bulk + bulk + bulk + bulk);
    assertThatThrownBy(
            () -> {
              codec.next();
              feed(bulk);
              codec.next();
            })
        .isInstanceOf(RespProtocolException.class);
  }

  @Test
  void randomBytesGiveRequestsOrTheDeclaredErrorAndBoundedMemory() {
    String alphabet = "*$:+-0123456789\r\n\r\nPING \0\u00ff";
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      RespCodec fuzzed = new RespCodec(RequestLimits.DEFAULT);
      try {
        for (int i = 0; i < 40; i++) {
          byte[] bytes = new byte[1 + random.nextInt(8_000)];
          for (int b = 0; b < bytes.length; b++) {
            bytes[b] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
          }
          fuzzed.feed(bytes, 0, bytes.length);
          while (fuzzed.next().isPresent()) {
            // only reading
          }
        }
      } catch (RespProtocolException expected) {
        assertThat(expected).hasMessageStartingWith("Protocol error");
      }
      assertThat(fuzzed.capacity()).isLessThanOrEqualTo(4 * RequestLimits.DEFAULT.requestBytes());
    }
  }

  /** Quadratic work here would take minutes: whoever drips must not keep a core busy. */
  @Test
  void aRequestThatComesByteByByteIsNotReadAnewEachTime() {
    RespCodec patient = new RespCodec(RequestLimits.of(4_000_000, 2_000, 4_000_000));
    String request = "*1001\r\n" + "$1000\r\n".concat("x".repeat(1_000) + "\r\n").repeat(1_001);
    for (String text : List.of(request, "y".repeat(1_000_000) + "\r\n")) {
      List<String> read = List.of();
      for (byte b : text.getBytes(ISO_8859_1)) {
        patient.feed(new byte[] {b}, 0, 1);
        read = patient.next().orElse(read);
      }
      assertThat(String.join("", read)).hasSizeGreaterThanOrEqualTo(1_000_000);
    }
  }

  @Test
  void writesBothProtocols() {
    Reply map = new Reply.Pairs(List.of(new Reply.Pair("a", new Reply.Int(1))));
    assertThat(new String(map.encode(false), ISO_8859_1)).isEqualTo("*2\r\n$1\r\na\r\n:1\r\n");
    assertThat(new String(map.encode(true), ISO_8859_1)).isEqualTo("%1\r\n$1\r\na\r\n:1\r\n");
    Reply push = new Reply.Push(List.of(new Reply.Bulk("x")));
    assertThat(new String(push.encode(true), ISO_8859_1)).isEqualTo(">1\r\n$1\r\nx\r\n");
    assertThat(new String(new Reply.NullArray().encode(false), ISO_8859_1)).isEqualTo("*-1\r\n");
    assertThat(new String(new Reply.NullArray().encode(true), ISO_8859_1)).isEqualTo("_\r\n");
  }

  @Test
  void aLineBreakInAnErrorForgesNoFurtherReply() {
    assertThat(new String(new Reply.Error("ERR a\r\n+OK").encode(false), ISO_8859_1))
        .isEqualTo("-ERR a  +OK\r\n");
  }
}
