package io.github.jedisfailover.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that are free now. Drawn from below Linux' range for outgoing connections: a client that
 * keeps dialling a dead server's port inside that range may be given the same port as its own and
 * then talks to itself.
 */
public final class FreePorts {
  private static final int FIRST = 12_000;
  private static final int LAST = 32_000;
  private static final int TRIES = 1_000;

  private final Set<Integer> given = new HashSet<>();

  /** A free port on this host, never the same twice from this object. */
  public int any(String host) {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(host, port) && given.add(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port in " + FIRST + ".." + LAST + " on " + host);
  }

  /** The wanted port if it is free, else any. */
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
