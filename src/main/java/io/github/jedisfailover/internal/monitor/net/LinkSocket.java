package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.net.Socket;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Opens the sockets of one link and can cut the current one from any thread. Jedis hands a
 * connection out only after its handshake; a frozen node would keep {@code close()} waiting until
 * then.
 */
public final class LinkSocket implements JedisSocketFactory {
  private final NodeAddress address;
  private final JedisClientConfig config;
  private final DefaultJedisSocketFactory sockets;
  private volatile Socket current;
  private volatile boolean cut;

  public LinkSocket(NodeAddress address, JedisClientConfig config) {
    this.address = address;
    this.config = config;
    this.sockets =
        new DefaultJedisSocketFactory(new HostAndPort(address.host(), address.port()), config);
  }

  /** With the monitor's own name and patience. */
  static LinkSocket of(
      NodeAddress address, JedisClientConfig user, String clientName, LinkTiming timing) {
    return new LinkSocket(
        address, new LinkConfig(user, clientName, timing.connectMillis(), timing.replyMillis()));
  }

  /** A connection that has introduced itself; fails as Jedis does. */
  public Connection connect() {
    return new Connection(this, config);
  }

  @Override
  public Socket createSocket() {
    Socket socket = sockets.createSocket();
    current = socket;
    if (cut) {
      close(socket);
      throw new JedisConnectionException("link to " + address + " is closed");
    }
    return socket;
  }

  /** Our own address on the current connection, in numbers. */
  String localHost() {
    Socket socket = current;
    return socket == null ? "127.0.0.1" : socket.getLocalAddress().getHostAddress();
  }

  /** Wakes whoever reads or writes; later connects fail. */
  public void cut() {
    cut = true;
    drop();
  }

  /** Wakes whoever reads or writes; a later connect makes a new connection. */
  void drop() {
    Socket socket = current;
    if (socket != null) {
      close(socket);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it was broken already, which is what is wanted
    }
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
