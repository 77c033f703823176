package io.github.jedisfailover.internal.monitor.core;

import java.util.Arrays;
import java.util.Optional;

/** Sentinel's periods that {@code SENTINEL DEBUG} shows and sets, in the order it shows them. */
public enum Period {
  INFO("INFO-PERIOD", 10_000),
  PING("PING-PERIOD", 1_000),
  ASK("ASK-PERIOD", 1_000),
  PUBLISH("PUBLISH-PERIOD", 2_000),
  DEFAULT_DOWN_AFTER("DEFAULT-DOWN-AFTER", 30_000),
  DEFAULT_FAILOVER_TIMEOUT("DEFAULT-FAILOVER-TIMEOUT", 180_000),
  TILT_TRIGGER("TILT-TRIGGER", 2_000),
  TILT("TILT-PERIOD", 30_000),
  SLAVE_RECONF_TIMEOUT("SLAVE-RECONF-TIMEOUT", 10_000),
  MIN_LINK_RECONNECT("MIN-LINK-RECONNECT-PERIOD", 15_000),
  ELECTION_TIMEOUT("ELECTION-TIMEOUT", 10_000),
  SCRIPT_MAX_RUNTIME("SCRIPT-MAX-RUNTIME", 60_000),
  SCRIPT_RETRY_DELAY("SCRIPT-RETRY-DELAY", 30_000);

  private final String wireName;
  private final long defaultMillis;

  Period(String wireName, long defaultMillis) {
    this.wireName = wireName;
    this.defaultMillis = defaultMillis;
  }

  public String wireName() {
    return wireName;
  }

  public long defaultMillis() {
    return defaultMillis;
  }

  /** In any case of letters, as Sentinel. */
  public static Optional<Period> named(String name) {
    return Arrays.stream(values()).filter(p -> p.wireName.equalsIgnoreCase(name)).findFirst();
  }
}
