package io.github.jedisfailover.internal.process;

/** The process cannot go on; everything has been said to the person who started it. */
final class StopException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  StopException(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }
}
