package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.config.ListenerTls;
import io.github.jedisfailover.config.ListenerTls.ClientCertificates;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses that a monitor listens on. */
final class ListenerSockets implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ListenerSockets.class);
  private static final int BACKLOG = 511;

  private final List<Door> doors = new ArrayList<>();

  /**
   * One address.
   *
   * @param tls empty: plain
   */
  record Door(ServerSocket server, Optional<ListenerTls> tls) {
    /** Shakes hands if this door speaks TLS: takes as long as the client likes. */
    Socket opened(Socket raw) throws IOException {
      if (tls.isEmpty()) {
        return raw;
      }
      SSLSocket secured =
          (SSLSocket)
              tls.get()
                  .context()
                  .getSocketFactory()
                  .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
      secured.setUseClientMode(false);
      secured.setNeedClientAuth(tls.get().clients() == ClientCertificates.REQUIRED);
      if (tls.get().clients() == ClientCertificates.OPTIONAL) {
        secured.setWantClientAuth(true);
      }
      secured.startHandshake();
      return secured;
    }
  }

  /**
   * Takes the addresses, on these interfaces only.
   *
   * @throws IllegalStateException if one is taken or not of this machine
   */
  static ListenerSockets bind(NodeAddress me, ListenerConfig config) {
    ListenerSockets sockets = new ListenerSockets();
    List<String> hosts = config.bind().isEmpty() ? List.of(me.host()) : config.bind();
    try {
      for (String host : hosts) {
        sockets.add(host, me.port(), Optional.empty());
        if (config.tls().isPresent()) {
          sockets.add(host, config.tls().get().port(), config.tls());
        }
      }
      return sockets;
    } catch (RuntimeException e) {
      sockets.close();
      throw e;
    }
  }

  /** Plain ones that were taken already; they close with this. */
  static ListenerSockets of(List<ServerSocket> taken) {
    ListenerSockets sockets = new ListenerSockets();
    taken.forEach(server -> sockets.doors.add(new Door(server, Optional.empty())));
    return sockets;
  }

  private void add(String host, int port, Optional<ListenerTls> tls) {
    try {
      ServerSocket server = new ServerSocket();
      doors.add(new Door(server, tls));
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the monitor cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  List<Door> doors() {
    return doors;
  }

  @Override
  public void close() {
    for (Door door : doors) {
      try {
        door.server().close();
      } catch (IOException e) {
        log.debug("closing {}: {}", door.server(), e.getMessage());
      }
    }
  }
}
