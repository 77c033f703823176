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
    "port 26379, false, 0",
    "tls-port 1, true, 0",
    "tls-replication yes, true, 0",
    "syslog-enabled yes, false, 1",
    "supervised systemd, false, 1",
    "supervised auto, false, 0",
    "user default on nopass ~* &* +@all, false, 0",
    "requirepass x, false, 0"
  })
  void saysWhatItDoesNotDo(String line, boolean refused, int warnings) throws ConfException {
    assertThat(Limits.refusal(settings(line)).isPresent()).isEqualTo(refused);
    assertThat(Limits.warnings(settings(line))).hasSize(warnings);
  }
}
