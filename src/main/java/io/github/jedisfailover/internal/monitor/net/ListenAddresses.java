package io.github.jedisfailover.internal.monitor.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

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
  static ListenerSockets bind(List<String> addresses, int port) throws ListenException {
    List<ServerSocket> bound = new ArrayList<>();
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
        bound.add(bind(new InetSocketAddress(where, port)));
      } catch (IOException e) {
        if (!optional || String.valueOf(e.getMessage()).contains(TAKEN)) {
          ListenerSockets.of(bound).close();
          throw new ListenException(host, port, e);
        }
      }
    }
    return ListenerSockets.of(bound);
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
