package io.github.jedisfailover.internal.doctor;

import java.util.Locale;

/** How bad a finding is, the worst first. */
public enum Severity {
  /** Data or the ability to fail over is lost already, or at the next failure. */
  DANGER,
  /** Some failures end worse than they would have to. */
  WARNING,
  /** Worth knowing. */
  NOTE;

  /** As people and scripts read it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
