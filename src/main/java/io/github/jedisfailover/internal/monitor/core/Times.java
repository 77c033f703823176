package io.github.jedisfailover.internal.monitor.core;

/** Fixed times, in milliseconds; what can be set at run time is a {@link Period}. */
final class Times {

  /** INFO to replicas while their master is in trouble. */
  static final long INFO_PERIOD_IN_TROUBLE = 1_000;

  /**
   * INFO to a node whose change we wait for: an event is missed otherwise until the next period.
   */
  static final long INFO_PERIOD_AWAITED = 200;

  /** A peer that did not agree yet is asked again sooner than one that did. */
  static final long ASK_PERIOD_DISAGREED = 200;

  /** Between the candidacies of two voters that see the same failure at the same moment. */
  static final long STAGGER = 25;

  /** After a split vote each candidate tries again within this time, at a moment of its own. */
  static final long SPLIT_RETRY = 500;

  /** Longest wait for the replicas' newest offsets before one is selected. */
  static final long FRESH_INFO_WAIT = 300;

  /**
   * How old what a hello says may be when it is heard: longer in our own queue would have been
   * TILT.
   */
  static final long HELLO_DELAY_BOUND = 2_000;

  /**
   * Most that one peer alone can raise our epoch by. A candidacy raises it by one, and no voter
   * stands more often than a few times a second: that is days of nothing but failed elections.
   */
  static final long EPOCH_JUMP = 1_000_000;

  /** A link that is down for less was cut on purpose, as by CLIENT KILL, and comes back. */
  static final long LINK_BLINK = 300;

  /**
   * Longest pause of a master's writes. Sooner than the 2 s after which Jedis gives a call up by
   * default: a write that only waits must not end with an unknown outcome.
   */
  static final long LONGEST_PAUSE = 1_500;

  /** From a planned switch to the moment when clients that did not follow it are thrown out. */
  static final long DISMISSAL = 3_000;

  /** Lateness of a tick below this is the scheduler's normal jitter. */
  static final long JITTER = 20;

  /** Long before everything; differences with it do not overflow. */
  static final long NEVER = Long.MIN_VALUE / 4;

  private Times() {}
}
