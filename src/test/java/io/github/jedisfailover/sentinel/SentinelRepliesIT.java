package io.github.jedisfailover.sentinel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.RealSentinel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract: a monitor, as a process and inside an application, answers byte for byte as {@code
 * redis-sentinel} 7.0.15 does, but for what is listed with a reason. All watch the same master and
 * get the same requests.
 */
class SentinelRepliesIT {
  private static final String VERSION = "7.0.15";

  private static RedisServers servers;
  private static Sides sides;

  @BeforeAll
  static void startAll() {
    assumeTrue(
        RealSentinel.version().filter(VERSION::equals).isPresent(),
        "skipped: the contract is that of redis-sentinel "
            + VERSION
            + ", on the PATH is "
            + RealSentinel.version());
    servers = RedisServers.open();
    sides = Sides.open(servers);
  }

  @AfterAll
  static void stopAll() {
    if (sides != null) {
      sides.close();
    }
    if (servers != null) {
      servers.close();
    }
  }

  private static <T> List<T> table(String file, Function<String, T> parser) {
    try (InputStream in = SentinelRepliesIT.class.getResourceAsStream("/sentinel/" + file)) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(l -> !l.isBlank() && !l.startsWith("#"))
          .map(parser)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Row> same() {
    return table("same.txt", Row::parse);
  }

  static List<Departure> departures() {
    return table("departures.txt", Departure::parse);
  }

  /** Each is asked once: some rows leave something behind for the next ones. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("same")
  void answersAsSentinel(Row row) {
    String real = sides.theirs().answer(row);
    String process = sides.standAlone().answer(row);
    String embedded = sides.inApplication().answer(row);
    assertThat(process).as("as a process").isEqualTo(real);
    assertThat(embedded).as("inside an application").isEqualTo(real);
  }

  /** A row that has become equal belongs into the other file. */
  @ParameterizedTest(name = "departs: {0}")
  @MethodSource("departures")
  void departsOnPurpose(Departure departure) {
    String real = sides.theirs().answer(departure.row());
    String process = sides.standAlone().answer(departure.row());
    String embedded = sides.inApplication().answer(departure.row());
    assertThat(departure.reason()).as("a reason").hasSizeGreaterThan(20);
    assertThat(embedded).as("equal now: move the row to same.txt").isNotEqualTo(real);
    if (departure.where() == Departure.Where.ALWAYS) {
      assertThat(process).as("equal now as a process: say so").isNotEqualTo(real);
    } else {
      assertThat(process).as("as a process").isEqualTo(real);
    }
  }

  @Test
  void theTablesAreLongEnoughAndNoRowIsInBoth() {
    assertThat(same()).hasSizeGreaterThanOrEqualTo(340);
    assertThat(
            Stream.concat(same().stream(), departures().stream().map(Departure::row))
                .map(Row::requests))
        .doesNotHaveDuplicates();
  }
}
