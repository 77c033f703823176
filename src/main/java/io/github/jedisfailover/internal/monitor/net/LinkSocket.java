package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Consumer;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Opens the sockets of one link and can cut the current one from any thread. Jedis hands a
 * connection out only after its handshake; a frozen node would keep {@code close()} waiting until
 * then.
 */
public final class LinkSocket {
  private final NodeAddress address;
  private final JedisClientConfig config;
  private final Optional<LinkOutlet> outlet;
  private final Consumer<Connection> greeting;
  private volatile Socket current;
  private volatile boolean cut;

  public LinkSocket(NodeAddress address, JedisClientConfig config) {
    this(address, config, Optional.empty(), connection -> {});
  }

  /**
   * @param outlet of a process; empty: the configuration says how to connect
   * @param greeting says what comes first on a new connection, after what the configuration says
   */
  LinkSocket(
      NodeAddress address,
      JedisClientConfig config,
      Optional<LinkOutlet> outlet,
      Consumer<Connection> greeting) {
    this.greeting = greeting;
    this.address = address;
    this.config = config;
    this.outlet = outlet;
  }

  /** A connection that has introduced itself; fails as Jedis does. */
  public Connection connect() {
    Connection connection = new Connection(new OneSocket(), config);
    try {
      greeting.accept(connection);
      return connection;
    } catch (JedisException e) {
      Connections.close(connection);
      throw e;
    }
  }

  /**
   * The socket of one connection. Jedis asks for another one when it finds its own closed, and
   * would go on over that without having introduced itself: a dropped connection must fail instead.
   */
  private final class OneSocket implements JedisSocketFactory {
    private boolean given;

    @Override
    public Socket createSocket() {
      if (given) {
        throw new JedisConnectionException("the connection to " + address + " was dropped");
      }
      given = true;
      return outlet.isPresent() ? throughOutlet(outlet.get()) : asConfigured();
    }

    private Socket asConfigured() {
      HostAndPort target = new HostAndPort(address.host(), address.port());
      Socket socket = new DefaultJedisSocketFactory(target, config).createSocket();
      remember(socket);
      return socket;
    }

    /** What can be cut is the plain socket: one with TLS would wait for its peer's farewell. */
    private Socket throughOutlet(LinkOutlet way) {
      try {
        Socket raw = way.dial(address, config.getConnectionTimeoutMillis());
        remember(raw);
        raw.setSoTimeout(config.getConnectionTimeoutMillis());
        Socket socket = way.secure(raw, address);
        raw.setSoTimeout(config.getSocketTimeoutMillis());
        return socket;
      } catch (IOException e) {
        drop();
        throw new JedisConnectionException("cannot connect to " + address, e);
      }
    }

    private void remember(Socket socket) {
      current = socket;
      if (cut) {
        LinkSocket.close(socket);
        throw new JedisConnectionException("link to " + address + " is closed");
      }
    }
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
