package io.github.jedisfailover.internal.monitor.tls;

/** TLS cannot be set up; the message names the option or file, and what it should be. */
public final class TlsException extends Exception {
  private static final long serialVersionUID = 1L;

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, Exception cause) {
    super(message, cause);
  }
}
