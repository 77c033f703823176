package io.github.jedisfailover.internal.monitor.wire;

/** A request that breaks the protocol or its limits; the connection cannot be read any further. */
public final class RespProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RespProtocolException(String message) {
    super(message, null, false, false);
  }
}
