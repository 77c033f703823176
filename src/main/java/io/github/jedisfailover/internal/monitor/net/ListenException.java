package io.github.jedisfailover.internal.monitor.net;

import java.io.IOException;

/** An address to listen on cannot be taken; the message names it. */
public final class ListenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String port;

  ListenException(String host, int port, boolean tls, IOException cause) {
    super(host + ":" + port + ": bind: " + cause.getMessage(), cause);
    this.port = port + (tls ? " (TLS)" : " (TCP)");
  }

  /** The port as Redis names it in its log. */
  public String port() {
    return port;
  }
}
