package io.github.jedisfailover.internal.settings;

/** Settings that mean nothing without another one. */
final class Needs {
  private Needs() {}

  /**
   * @param there {@code null} if the needed setting is not set
   * @param given {@code null} if the one that needs it is not set
   * @throws IllegalArgumentException if it misses
   */
  static void check(String needed, Object there, String by, Object given) {
    if (given != null && there == null) {
      throw new IllegalArgumentException(needed + " must be set when " + by + " is, was not set");
    }
  }
}
