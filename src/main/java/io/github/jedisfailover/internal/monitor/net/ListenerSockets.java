package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.config.ListenerTls;
import io.github.jedisfailover.config.ListenerTls.ClientCertificates;
import io.github.jedisfailover.internal.monitor.tls.TlsSide;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
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
  record Door(ServerSocket server, Optional<TlsSide> tls) {
    /** Shakes hands if this door speaks TLS: takes as long as the client likes. */
    Socket opened(Socket raw) throws IOException {
      return tls.isEmpty() ? raw : tls.get().accepted(raw);
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
        boolean tlsOnly = config.tls().filter(tls -> tls.port() == me.port()).isPresent();
        if (!tlsOnly) {
          sockets.add(host, me.port(), Optional.empty());
        }
        if (config.tls().isPresent()) {
          sockets.add(host, config.tls().get().port(), config.tls().map(ListenerSockets::side));
        }
      }
      return sockets;
    } catch (RuntimeException e) {
      sockets.close();
      throw e;
    }
  }

  private static TlsSide side(ListenerTls tls) {
    SSLParameters parameters = tls.context().getDefaultSSLParameters();
    if (tls.clients() == ClientCertificates.REQUIRED) {
      parameters.setNeedClientAuth(true);
    } else if (tls.clients() == ClientCertificates.OPTIONAL) {
      parameters.setWantClientAuth(true);
    }
    return new TlsSide(tls.context(), parameters);
  }

  /** Addresses that were taken already; they close with this. */
  static ListenerSockets of(List<Door> taken) {
    ListenerSockets sockets = new ListenerSockets();
    sockets.doors.addAll(taken);
    return sockets;
  }

  private void add(String host, int port, Optional<TlsSide> tls) {
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
