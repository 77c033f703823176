package io.github.jedisfailover.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.core.CoreAction.Level;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

class SentinelLogTest {
  private static final String START = "42:X 05 Nov 2026 07:08:09.003 ";

  @TempDir private Path directory;
  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private final SentinelLog log = new SentinelLog(42, new FixedClock(), () -> console);

  private static final class FixedClock implements MonotonicClock {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public Instant wallNow() {
      return LocalDateTime.of(2026, 11, 5, 7, 8, 9, 3_999_999)
          .atZone(ZoneId.systemDefault())
          .toInstant();
    }
  }

  private String printed() {
    return console.toString(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest(name = "{0} shows {1}")
  @CsvSource({
    "debug,   '. - * #'",
    "verbose, '- * #'",
    "notice,  '* #'",
    "warning, '#'",
    "nothing, ''"
  })
  void linesLookLikeThoseOfRedis(String loglevel, String marks) {
    log.showFrom(loglevel);
    log.write(Level.DEBUG, "text");
    log.write(Level.VERBOSE, "text");
    log.write(Level.NOTICE, "text");
    log.write(Level.WARNING, "text");

    StringBuilder expected = new StringBuilder();
    for (String mark : marks.isEmpty() ? new String[0] : marks.split(" ")) {
      expected.append(START).append(mark).append(" text\n");
    }
    assertThat(printed()).isEqualTo(expected.toString());
  }

  @Test
  void aFileTakesOverAndCanBeMovedAway() throws IOException {
    Path file = directory.resolve("s.log");
    log.write(Level.NOTICE, "to the console");
    log.writeTo(Optional.of(file));
    log.write(Level.NOTICE, "one");
    Files.move(file, directory.resolve("s.log.1"));
    log.write(Level.WARNING, "two");

    assertThat(printed()).isEqualTo(START + "* to the console\n");
    assertThat(directory.resolve("s.log.1")).hasContent(START + "* one\n");
    assertThat(file).hasContent(START + "# two\n");
  }

  @Test
  void aFileThatCannotBeWrittenStopsNobody() {
    log.writeTo(Optional.of(directory.resolve("missing").resolve("s.log")));
    log.write(Level.WARNING, "lost");
    assertThat(printed()).isEmpty();
  }

  @Test
  void theLibrarysLinesGoThere() {
    Logger logger = new SentinelLogProvider.Loggers(log).getLogger("x");
    logger.debug("hidden {}", 1);
    logger.info("[{}] {} of {}", "m", 1, 2);
    logger.warn("slow");
    logger.error("a defect", new IllegalStateException("why"));

    assertThat(printed().lines().limit(4))
        .containsExactly(
            START + "* [m] 1 of 2",
            START + "# slow",
            START + "# a defect",
            "java.lang.IllegalStateException: why");
    assertThat(logger.isDebugEnabled()).isFalse();
    assertThat(logger.isTraceEnabled()).isFalse();
  }
}
