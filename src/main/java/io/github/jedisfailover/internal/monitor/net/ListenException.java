package io.github.jedisfailover.internal.monitor.net;

import java.io.IOException;

/** An address to listen on cannot be taken; the message names it. */
public final class ListenException extends Exception {
  private static final long serialVersionUID = 1L;

  ListenException(String host, int port, IOException cause) {
    super(host + ":" + port + ": bind: " + cause.getMessage(), cause);
  }
}
