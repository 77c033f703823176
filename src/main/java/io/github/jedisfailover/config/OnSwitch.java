package io.github.jedisfailover.config;

/** What becomes of an iteration over keys whose node is left before the end. */
public enum OnSwitch {
  /** It ends with {@link io.github.jedisfailover.exceptions.CursorLostException}. */
  FAIL,
  /**
   * It begins again on another node: every key that is there throughout is delivered, those before
   * the switch a second time.
   */
  RESTART
}
