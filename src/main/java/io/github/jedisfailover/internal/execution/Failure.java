package io.github.jedisfailover.internal.execution;

/** What a failed attempt says about the command. */
enum Failure {
  /** No connection could be had: certainly not applied. */
  NOT_SENT("not-sent"),
  /** The node answered that it does not take the command now: certainly not applied. */
  REFUSED("refused"),
  /** Sent, no reply: applied or not. */
  UNKNOWN("unknown"),
  /** Any other reply or defect: the caller must see it. */
  FATAL("fatal");

  private final String label;

  Failure(String label) {
    this.label = label;
  }

  /** For metrics. */
  String label() {
    return label;
  }
}
