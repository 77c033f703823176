package io.github.jedisfailover.internal.pool;

import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;

/**
 * The Jedis pool of one node. Differs in what happens to a broken connection: Commons Pool replaces
 * it in the thread that gives it back, which against a frozen node costs that thread a second
 * time-out and may throw over the real outcome (POOL-424). Here it goes back like any other, with
 * its socket closed, and the next borrower discards it and dials for itself.
 *
 * <p>The constructor is the one that takes a factory: the others would attach the pool to the
 * shared token manager, which {@code close()} then stops for everybody.
 */
final class NodeConnectionPool extends ConnectionPool {
  private static final Logger log = LoggerFactory.getLogger(NodeConnectionPool.class);
  private final NodePool owner;

  NodeConnectionPool(
      NodePool owner, NodeConnectionFactory factory, GenericObjectPoolConfig<Connection> config) {
    super(factory, config);
    this.owner = owner;
  }

  /** For users of {@code getConnectionMap()}: the same failures as {@link NodePool#borrow}. */
  @Override
  public Connection getResource() {
    return owner.borrow();
  }

  Connection take(Duration maxWait) throws Exception {
    return handedOut(borrowObject(maxWait));
  }

  private Connection handedOut(Connection connection) {
    connection.setHandlingPool(this);
    ((NodeConnection) connection).lentBy(this);
    return connection;
  }

  @Override
  public int getNumWaiters() {
    return super.getNumWaiters() + (owner == null ? 0 : owner.waiting()); // JMX asks early
  }

  @Override
  public void returnResource(Connection connection) {
    giveBack(connection);
  }

  @Override
  public void returnBrokenResource(Connection connection) {
    if (connection != null) {
      ((NodeConnection) connection).cut();
      giveBack(connection);
    }
  }

  /** Never throws: the caller's result or failure stands. */
  private void giveBack(Connection connection) {
    if (connection == null) {
      return;
    }
    boolean lent = ((NodeConnection) connection).isBack(); // now: the next borrower may be quick
    if (lent) {
      owner.meter().back((NodeConnection) connection);
    }
    try {
      returnObject(connection);
    } catch (RuntimeException e) {
      log.debug("[{}] a connection could not be given back", owner, e);
    } finally {
      if (lent) {
        owner.isBack();
      }
    }
  }
}
