package io.github.jedisfailover.testing;

import io.github.jedisfailover.internal.runtime.Entropy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ports that are free now. Drawn from below Linux' range for outgoing connections: a client that
 * keeps dialling a dead server's port inside that range may be given the same port as its own and
 * then talks to itself. Thread-safe.
 */
public final class FreePorts {
  private static final int FIRST = 12_000;
  private static final int LAST = 32_000;
  private static final int TRIES = 1_000;

  private final Set<Integer> given = ConcurrentHashMap.newKeySet();

  /** Has given none yet. */
  public FreePorts() {}

  /**
   * A free port, never the same twice from this object.
   *
   * @param host of this machine, such as {@code 127.0.0.1}
   * @return 12000 to 32000
   * @throws IllegalStateException if there is none
   */
  public int any(String host) {
    for (int i = 0; i < TRIES; i++) {
      int port = (int) Entropy.between(FIRST, LAST);
      if (isFree(host, port) && given.add(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port in " + FIRST + ".." + LAST + " on " + host);
  }

  /**
   * The wanted port if it is free, else any.
   *
   * @param host of this machine
   * @param port the wanted one
   * @return a free port
   */
  public int preferably(String host, int port) {
    return isFree(host, port) && given.add(port) ? port : any(host);
  }

  static boolean isFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
