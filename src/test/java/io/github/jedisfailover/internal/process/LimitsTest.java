package io.github.jedisfailover.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.conf.ConfException;
import io.github.jedisfailover.internal.monitor.conf.ConfReader;
import io.github.jedisfailover.internal.monitor.conf.ProcessSettings;
import io.github.jedisfailover.internal.monitor.conf.Surroundings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
  private static ProcessSettings settings(String text) throws ConfException {
    return ConfReader.read(text + "\n", "", Surroundings.unchecked("/")).process();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "port 26379, 0",
    "syslog-enabled yes, 1",
    "supervised systemd, 1",
    "supervised auto, 0",
    "requirepass x, 0"
  })
  void saysWhatItDoesNotDo(String line, int warnings) throws ConfException {
    assertThat(Limits.warnings(settings(line))).hasSize(warnings);
  }
}
