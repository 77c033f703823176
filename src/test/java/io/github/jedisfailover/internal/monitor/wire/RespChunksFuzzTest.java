package io.github.jedisfailover.internal.monitor.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Wherever a network cuts the bytes of requests, right or wrong, they read the same. Every input
 * comes from its seed: {@code -Dfuzz.inputs=10000000 -Dfuzz.first=0} for a longer or another run.
 */
class RespChunksFuzzTest {
  private static final long INPUTS = Long.getLong("fuzz.inputs", 20_000);
  private static final long FIRST = Long.getLong("fuzz.first", 0);
  private static final String ALPHABET = "*$-0123456789\r\n\r\n\"'\\x PING\0\u00ff";

  /** So narrow that many inputs go beyond them. */
  private static final RequestLimits LIMITS = RequestLimits.of(120, 6, 40);

  @Test
  void cutsChangeNothing() {
    for (long seed = FIRST; seed < FIRST + INPUTS; seed++) {
      Random dice = new Random(seed);
      byte[] bytes = bytes(dice);
      List<Object> whole = read(bytes, left -> left);
      assertThat(read(bytes, left -> 1)).as("seed %d, byte by byte", seed).isEqualTo(whole);
      assertThat(read(bytes, left -> 1 + dice.nextInt(Math.min(left, 9))))
          .as("seed %d, cut", seed)
          .isEqualTo(whole);
    }
  }

  /** The requests, and whether the end is wrong. */
  private static List<Object> read(byte[] bytes, IntUnaryOperator chunk) {
    RespCodec codec = new RespCodec(LIMITS);
    List<Object> read = new ArrayList<>();
    try {
      int at = 0;
      while (at < bytes.length) {
        int length = chunk.applyAsInt(bytes.length - at);
        codec.feed(bytes, at, length);
        at += length;
        Optional<List<String>> next = codec.next();
        while (next.isPresent()) {
          read.add(next.get());
          next = codec.next();
        }
      }
    } catch (RespProtocolException e) {
      // Which fault is found first, the size or the form, depends on what is there to look at.
      assertThat(e).hasMessageStartingWith("Protocol error: ");
      read.add("refused");
    }
    return read;
  }

  /** Less than the codec takes at once. */
  private static byte[] bytes(Random dice) {
    StringBuilder text = new StringBuilder();
    for (int i = dice.nextInt(5); i >= 0; i--) {
      text.append(dice.nextInt(4) == 0 ? noise(dice, 60) : request(dice));
    }
    if (dice.nextInt(3) == 0) {
      int at = dice.nextInt(text.length());
      text.replace(at, Math.min(text.length(), at + dice.nextInt(3)), noise(dice, 2));
    }
    text.setLength(Math.min(text.length(), 2 * LIMITS.requestBytes()));
    return text.toString().getBytes(ISO_8859_1);
  }

  private static String request(Random dice) {
    int count = dice.nextInt(8);
    StringBuilder text = new StringBuilder("*" + count + "\r\n");
    for (int i = 0; i < count; i++) {
      String argument = noise(dice, 1 + dice.nextInt(dice.nextInt(10) == 0 ? 50 : 15));
      text.append('$').append(argument.length()).append("\r\n").append(argument).append("\r\n");
    }
    return text.toString();
  }

  private static String noise(Random dice, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = dice.nextInt(most + 1); i >= 0; i--) {
      text.append(ALPHABET.charAt(dice.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
