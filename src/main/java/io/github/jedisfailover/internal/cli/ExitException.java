package io.github.jedisfailover.internal.cli;

/** The command cannot go on, for a reason that people understand without a stack trace. */
final class ExitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ExitException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
