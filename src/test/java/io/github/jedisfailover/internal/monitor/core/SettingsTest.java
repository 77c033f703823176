package io.github.jedisfailover.internal.monitor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final MasterSettings PLAIN = new MasterSettings("m", 2, 1_000, 5_000, 1);

  @Test
  void periodsHaveSentinelsNamesOrderAndDefaults() {
    assertThat(Arrays.stream(Period.values()).map(p -> p.wireName() + "=" + p.defaultMillis()))
        .containsExactly(
            "INFO-PERIOD=10000",
            "PING-PERIOD=1000",
            "ASK-PERIOD=1000",
            "PUBLISH-PERIOD=2000",
            "DEFAULT-DOWN-AFTER=30000",
            "DEFAULT-FAILOVER-TIMEOUT=180000",
            "TILT-TRIGGER=2000",
            "TILT-PERIOD=30000",
            "SLAVE-RECONF-TIMEOUT=10000",
            "MIN-LINK-RECONNECT-PERIOD=15000",
            "ELECTION-TIMEOUT=10000",
            "SCRIPT-MAX-RUNTIME=60000",
            "SCRIPT-RETRY-DELAY=30000");
    assertThat(Period.named("info-Period")).contains(Period.INFO);
    assertThat(Period.named("info")).isEmpty();
  }

  @Test
  void aChangedPeriodLeavesTheOthersAndTheOriginal() {
    Periods changed = Periods.DEFAULT.with(Period.PING, 5);
    assertThat(changed.get(Period.PING)).isEqualTo(5);
    assertThat(changed.get(Period.INFO)).isEqualTo(10_000);
    assertThat(Periods.DEFAULT.get(Period.PING)).isEqualTo(1_000);
    assertThatThrownBy(() -> changed.with(Period.PING, 0)).hasMessageContaining("was 0");
  }

  @Test
  void secretsAreNeverShown() {
    Login login = new Login("admin", "s3cret");
    assertThat(PLAIN.withLogin(login).toString()).doesNotContain("s3cret").doesNotContain("admin");
    assertThat(GlobalSettings.DEFAULT.withLogin(login).toString()).doesNotContain("s3cret");
  }

  @Test
  void renamedCommandsAreFoundInAnyCaseAndTheSameNameEndsIt() {
    MasterSettings renamed = PLAIN.withRenamed("CONFIG", "hidden");
    assertThat(renamed.commandName("config")).isEqualTo("hidden");
    assertThat(renamed.commandName("PING")).isEqualTo("PING");
    assertThat(renamed.withRenamed("config", "Config").commandName("CONFIG")).isEqualTo("CONFIG");
  }
}
