package io.github.jedisfailover.internal.monitor.tls;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * How one side of a connection speaks TLS.
 *
 * @param context keys and trust
 * @param parameters protocols, ciphers and what is asked of the other side; not changed any more
 */
public record TlsSide(SSLContext context, SSLParameters parameters) {
  /** Shakes hands on a connection that was accepted: takes as long as the client likes. */
  public Socket accepted(Socket raw) throws IOException {
    return shaken(raw, raw.getInetAddress().getHostAddress(), false);
  }

  /** Shakes hands on a connection that was opened to this host. */
  public Socket opened(Socket raw, String host) throws IOException {
    return shaken(raw, host, true);
  }

  private Socket shaken(Socket raw, String host, boolean client) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(raw, host, raw.getPort(), true);
    socket.setUseClientMode(client);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
