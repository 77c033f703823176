package io.github.jedisfailover.internal.monitor.conf;

/** Why one line is wrong; its reader adds where it stands. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  Refused(String reason) {
    super(reason, null, false, false);
  }
}
