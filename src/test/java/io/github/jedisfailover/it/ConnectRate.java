package io.github.jedisfailover.it;

import io.github.jedisfailover.testing.RedisNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/** Looks again and again, on one connection, at who connects to a node. */
final class ConnectRate implements AutoCloseable {
  private static final Pattern RECEIVED = Pattern.compile("total_connections_received:(\\d+)");
  private static final long WINDOW_MILLIS = 100;

  private final RedisNode node;
  private final Pattern name;
  private Connection connection; // only touched by the thread
  private final Thread thread;
  private volatile boolean stopping;
  private volatile int most;
  private volatile long accepted;
  private volatile long busiest;

  /**
   * @param client the name that its connections have
   */
  ConnectRate(RedisNode node, String client) {
    this.node = node;
    this.name = Pattern.compile(" name=" + Pattern.quote(client) + " ");
    thread = new Thread(this::look, "connect-rate-" + node);
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    long start = System.nanoTime();
    long first = -1;
    long then = 0;
    while (!stopping) {
      try {
        Thread.sleep(5);
        most = Math.max(most, (int) name.matcher(text(Command.CLIENT, "LIST")).results().count());
        long now = received();
        first = first < 0 ? now : first;
        then = then == 0 ? now : then;
        accepted = now - first;
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (millis >= WINDOW_MILLIS) {
          busiest = Math.max(busiest, (now - then) * 1_000 / millis);
          then = now;
          start = System.nanoTime();
        }
      } catch (JedisException e) {
        disconnect(); // a promotion ends all connections
      } catch (InterruptedException e) {
        stopping = true;
      }
    }
    disconnect();
  }

  private long received() {
    Matcher value = RECEIVED.matcher(text(Command.INFO, "stats"));
    return value.find() ? Long.parseLong(value.group(1)) : 0;
  }

  private String text(Command command, String... arguments) {
    if (connection == null) {
      connection =
          new Connection(
              new HostAndPort(node.address().host(), node.port()),
              DefaultJedisClientConfig.builder()
                  .autoNegotiateProtocol(false)
                  .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                  .build());
    }
    connection.sendCommand(command, arguments);
    return SafeEncoder.encodeObject(connection.getOne()).toString();
  }

  private void disconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  RedisNode node() {
    return node;
  }

  /** The most connections of the client at one time. */
  int most() {
    return most;
  }

  /** Connections from anybody. */
  long accepted() {
    return accepted;
  }

  /** Connections from anybody per second, in the busiest tenth of a second. */
  long perSecond() {
    return busiest;
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
