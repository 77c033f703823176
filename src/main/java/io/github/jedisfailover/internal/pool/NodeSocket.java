package io.github.jedisfailover.internal.pool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Makes the one socket of one connection, and closes it from another thread at any moment, also
 * while it is being connected.
 *
 * <p>One only: Jedis silently re-opens a closed socket when the next command is sent, without
 * authentication, protocol handshake or database. A transaction that was cut in the middle would go
 * on outside of its MULTI.
 */
final class NodeSocket extends DefaultJedisSocketFactory {
  private final JedisClientConfig config;
  private final LiveConnections live;
  private volatile boolean used;
  private volatile boolean cut;
  private volatile Socket socket;

  NodeSocket(HostAndPort node, JedisClientConfig config, LiveConnections live) {
    super(node, config);
    this.config = config;
    this.live = live;
  }

  @Override
  public Socket createSocket() {
    if (used || live.isRetired()) {
      throw new LeaseFailedException(
          LeaseFailedException.Reason.RETIRED,
          "Connection to " + getHostAndPort() + " was closed and is not opened again",
          null);
    }
    used = true;
    Socket made = isTls() ? publish(super.createSocket()) : connect();
    // The other order of events: retired while we were not looking at the flag.
    if (cut || live.isRetired()) {
      closeQuietly(made);
      throw new JedisConnectionException("Connection to " + getHostAndPort() + " was cut");
    }
    live.reached(made.getRemoteSocketAddress());
    return made;
  }

  boolean isTls() {
    return config.isSsl() || config.getSslOptions() != null;
  }

  boolean isOpen() {
    Socket made = socket;
    return made != null && !made.isClosed();
  }

  /** Closes the socket; a thread that connects, reads or writes on it fails at once. */
  void cut() {
    cut = true;
    closeQuietly(socket);
  }

  /** As Jedis connects, but with the socket in sight before it is connected. */
  private Socket connect() {
    HostAndPort target = getSocketHostAndPort();
    JedisConnectionException failure =
        new JedisConnectionException("Failed to connect to " + target);
    try {
      for (InetAddress address : InetAddress.getAllByName(target.getHost())) {
        Socket made = publish(new Socket());
        if (cut || live.isRetired()) {
          break;
        }
        try {
          configure(made);
          made.connect(
              new InetSocketAddress(address, target.getPort()),
              config.getConnectionTimeoutMillis());
          return made;
        } catch (IOException e) {
          closeQuietly(made);
          failure.addSuppressed(e);
        }
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    closeQuietly(socket);
    throw failure;
  }

  private void configure(Socket made) throws IOException {
    made.setReuseAddress(true);
    made.setKeepAlive(true);
    made.setTcpNoDelay(true);
    made.setSoLinger(true, 0); // close() never waits for unsent bytes
    made.setSoTimeout(config.getSocketTimeoutMillis());
  }

  private Socket publish(Socket made) {
    socket = made;
    return made;
  }

  private static void closeQuietly(Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // Closing is all we want; a socket that cannot be closed is as good as closed.
    }
  }
}
