package io.github.jedisfailover.internal.pool;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/** Makes and checks the connections of one pool. */
final class NodeConnectionFactory extends ConnectionFactory {
  private static final long JUST_MICROS = 10;

  private final LiveConnections live;
  private final MonotonicClock clock;
  private final PoolMeter meter;

  NodeConnectionFactory(
      HostAndPort node,
      Supplier<JedisClientConfig> config,
      LiveConnections live,
      MonotonicClock clock,
      PoolMeter meter) {
    super(
        ConnectionFactory.builder()
            .clientConfig(config.get())
            .connectionBuilder(connections(node, config, live)));
    this.live = live;
    this.clock = clock;
    this.meter = meter;
  }

  private static Connection.Builder connections(
      HostAndPort node, Supplier<JedisClientConfig> settings, LiveConnections live) {
    return new Connection.Builder() {
      @Override
      protected Connection createConnection() {
        JedisClientConfig config = settings.get();
        return new NodeConnection(
            new NodeSocket(node, config, live), config, live.era(), live.ends());
      }
    };
  }

  @Override
  protected void initialize(Connection connection) {
    NodeConnection made = (NodeConnection) connection;
    live.add(made);
    boolean ready = false;
    long begin = meter.begin();
    try {
      super.initialize(made);
      made.openedAt(clock.nanos());
      meter.created(begin);
      ready = true;
    } finally {
      if (!ready) {
        made.cut();
        live.remove(made);
      }
    }
  }

  /**
   * Runs in the borrower's thread. Broken connections come back into the pool (see {@link
   * NodeConnectionPool}) and end here: the borrower goes on to the next one or dials, within its
   * own time.
   */
  @Override
  public void activateObject(PooledObject<Connection> pooled) throws StaleConnection {
    if (!mayBeLent((NodeConnection) pooled.getObject(), pooled)) {
      throw StaleConnection.INSTANCE;
    }
  }

  /**
   * Whether the connection can be trusted with a command that must not get lost.
   *
   * @param loans tells when whatever holds the connection was given back and lent
   */
  boolean mayBeLent(NodeConnection connection, PooledObject<?> loans) {
    if (connection.isBroken() || connection.era() != live.era()) {
      return false;
    }
    int ends = hasJustAnswered(loans) ? connection.endsKnown() : live.ends();
    if (connection.endsKnown() != ends) {
      if (!super.validateObject(new DefaultPooledObject<>(connection))) {
        live.distrust(connection.era());
        return false;
      }
      connection.outlived(ends);
    }
    return true;
  }

  /**
   * Given back so lately that the node was there a moment ago: under load nobody pays for the look,
   * which is a system call.
   */
  private static boolean hasJustAnswered(PooledObject<?> pooled) {
    Instant back = pooled.getLastReturnInstant();
    Instant again = pooled.getLastBorrowInstant();
    long seconds = again.getEpochSecond() - back.getEpochSecond();
    long micros = seconds * 1_000_000 + (again.getNano() - back.getNano()) / 1_000;
    return micros >= 0 && micros < JUST_MICROS; // negative: the wall clock was set back
  }

  /** Never throws: Commons Pool would answer by dialling in the returning thread. */
  @Override
  public void passivateObject(PooledObject<Connection> pooled) {
    NodeConnection connection = (NodeConnection) pooled.getObject();
    if (connection.isBroken()) {
      return;
    }
    try {
      super.passivateObject(pooled); // a pending re-authentication
    } catch (Exception e) {
      connection.cut();
    }
  }

  @Override
  public boolean validateObject(PooledObject<Connection> pooled) {
    NodeConnection connection = (NodeConnection) pooled.getObject();
    return !connection.isBroken() && connection.era() == live.era() && super.validateObject(pooled);
  }

  @Override
  public void destroyObject(PooledObject<Connection> pooled) {
    NodeConnection connection = (NodeConnection) pooled.getObject();
    live.remove(connection);
    connection.cut();
  }

  /** Thrown often and never shown: no stack. */
  private static final class StaleConnection extends Exception {
    private static final long serialVersionUID = 1L;
    static final StaleConnection INSTANCE = new StaleConnection();

    private StaleConnection() {
      super("stale", null, false, false);
    }
  }
}
