package io.github.jedisfailover.internal.monitor.core;

/** What an operator is told. */
public sealed interface OrderResult {
  /** {@code +OK}. */
  record Done() implements OrderResult {}

  record Count(long value) implements OrderResult {}

  /**
   * @param text the error with its code, as Sentinel words it
   */
  record Refused(String text) implements OrderResult {}
}
