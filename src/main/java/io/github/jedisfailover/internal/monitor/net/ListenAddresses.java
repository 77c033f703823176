package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.conf.ProcessSettings;
import io.github.jedisfailover.internal.monitor.net.ListenerSockets.Door;
import io.github.jedisfailover.internal.monitor.tls.TlsSide;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the addresses of a {@code bind} line, as Redis does. */
final class ListenAddresses {
  private static final int BACKLOG = 511;
  private static final String TAKEN = "in use";
  private static final List<String> ANY = List.of("*", "::*", "0.0.0.0", "::");

  private ListenAddresses() {}

  /**
   * @param addresses one with a leading {@code -} may be missing on this machine. A socket for all
   *     addresses serves both families, so there is one of them at most
   * @throws ListenException if one is taken, or is missing without being optional
   */
  static List<Door> bind(List<String> addresses, int port, Optional<TlsSide> tls)
      throws ListenException {
    List<Door> bound = new ArrayList<>();
    boolean any = false;
    for (String address : addresses) {
      boolean optional = address.startsWith("-");
      String host = optional ? address.substring(1) : address;
      boolean every = ANY.contains(host);
      if (every && any) {
        continue;
      }
      any |= every;
      try {
        InetAddress where = every ? null : InetAddress.getByName(host);
        bound.add(new Door(bind(new InetSocketAddress(where, port)), tls));
      } catch (IOException e) {
        if (!optional || String.valueOf(e.getMessage()).contains(TAKEN)) {
          ListenerSockets.of(bound).close();
          throw new ListenException(host, port, tls.isPresent(), e);
        }
      }
    }
    return bound;
  }

  /**
   * All that a process listens on.
   *
   * @param tls for {@code tls-port}; empty: there is none
   * @throws ListenException as {@link #bind}; nothing stays taken
   */
  static ListenerSockets bindAll(ProcessSettings process, Optional<TlsSide> tls)
      throws ListenException {
    List<Door> doors = new ArrayList<>();
    try {
      if (process.port() != 0) {
        doors.addAll(bind(process.bind(), process.port(), Optional.empty()));
      }
      if (tls.isPresent()) {
        doors.addAll(bind(process.bind(), process.tlsPort(), tls));
      }
      return ListenerSockets.of(doors);
    } catch (ListenException e) {
      ListenerSockets.of(doors).close();
      throw e;
    }
  }

  private static ServerSocket bind(InetSocketAddress address) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(address, BACKLOG);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
