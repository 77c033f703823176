package io.github.jedisfailover.config;

import java.time.Duration;

/**
 * What may wait for a subscriber before it is dropped. Redis' {@code client-output-buffer-limit
 * pubsub}.
 *
 * @param hardBytes dropped at once above this, 1 KiB to 256 MiB
 * @param softBytes dropped when above this for {@code softTime}; at most {@code hardBytes}
 * @param softTime up to 1 h
 */
public record PubSubBuffer(int hardBytes, int softBytes, Duration softTime) {
  /** 1 MiB at once, 256 KiB for a minute. */
  public static final PubSubBuffer DEFAULT =
      new PubSubBuffer(1024 * 1024, 256 * 1024, Duration.ofMinutes(1));

  /**
   * Checks the values.
   *
   * @param hardBytes dropped at once above this
   * @param softBytes dropped when above this for {@code softTime}
   * @param softTime how long it may be above {@code softBytes}
   * @throws IllegalArgumentException naming the setting, the rule and the value
   */
  public PubSubBuffer {
    Checks.between("hardBytes", hardBytes, 1024, 256 * 1024 * 1024);
    Checks.between("softBytes", softBytes, 1024, hardBytes);
    Checks.between("softTime", softTime, Duration.ZERO, Duration.ofHours(1));
  }
}
