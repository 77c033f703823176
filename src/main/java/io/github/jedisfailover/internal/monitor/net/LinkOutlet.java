package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.tls.TlsSide;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/**
 * How the connections of a process leave it.
 *
 * @param source {@code bind-source-addr}; empty: the system chooses
 * @param tls empty: they are plain
 */
record LinkOutlet(Optional<String> source, Optional<TlsSide> tls) {
  /** A TCP connection, before any handshake. */
  Socket dial(NodeAddress address, int connectMillis) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setReuseAddress(true);
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.setSoLinger(true, 0);
      if (source.isPresent()) {
        socket.bind(new InetSocketAddress(InetAddress.getByName(source.get()), 0));
      }
      socket.connect(new InetSocketAddress(address.host(), address.port()), connectMillis);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** The connection as it is used from now on. */
  Socket secure(Socket raw, NodeAddress address) throws IOException {
    return tls.isPresent() ? tls.get().opened(raw, address.host()) : raw;
  }
}
