package io.github.jedisfailover.internal.monitor.core;

/** The crashes that {@code SENTINEL SIMULATE-FAILURE} asks for, as bits of Sentinel's flags. */
public final class Simulated {
  public static final int CRASH_AFTER_ELECTION = 1;
  public static final int CRASH_AFTER_PROMOTION = 2;

  /** Exit status of the process. */
  static final int STATUS = 99;

  private Simulated() {}
}
