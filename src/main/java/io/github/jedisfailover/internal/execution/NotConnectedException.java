package io.github.jedisfailover.internal.execution;

/** No node could be connected to in one attempt; carried through Commons Pool, never shown. */
final class NotConnectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient RuntimeException failure;

  NotConnectedException(RuntimeException failure) {
    super(failure.getMessage(), failure, false, false);
    this.failure = failure;
  }

  RuntimeException failure() {
    return failure;
  }
}
