package io.github.jedisfailover.internal.cli;

/** Exit statuses, as the documentation lists them. */
final class Exit {
  static final int FINE = 0;
  static final int FINDINGS = 1;
  static final int USAGE = 2;
  static final int UNREACHABLE = 3;
  static final int REFUSED = 4;
  static final int DEFECT = 5;

  private Exit() {}
}
