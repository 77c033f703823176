package io.github.jedisfailover.internal.pool;

import java.util.function.Supplier;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;

/**
 * Feeds the pool that {@code RedisClient.getPool()} shows. That pool is fixed for the client's life
 * while the master's pool changes, so it owns nothing: it lends the current master's connections on
 * and sends them home as soon as they are given back.
 */
public final class MasterLoans extends BasePooledObjectFactory<Connection> {
  private final Supplier<Connection> lender;
  private final Runnable onReturn;

  /**
   * @param lender borrows from the current master's pool
   */
  public MasterLoans(Supplier<Connection> lender) {
    this(lender, () -> {});
  }

  /**
   * @param lender borrows from the current master's pool
   * @param onReturn told of each connection that was given back
   */
  public MasterLoans(Supplier<Connection> lender, Runnable onReturn) {
    this.lender = lender;
    this.onReturn = onReturn;
  }

  /** Keeps nothing idle and sets no limit: the node's pool does. */
  public static GenericObjectPoolConfig<Connection> config() {
    GenericObjectPoolConfig<Connection> config = new GenericObjectPoolConfig<>();
    config.setMaxTotal(-1);
    config.setMaxIdle(0);
    config.setJmxEnabled(false);
    return config;
  }

  @Override
  public Connection create() {
    return lender.get();
  }

  @Override
  public PooledObject<Connection> wrap(Connection connection) {
    return new DefaultPooledObject<>(connection);
  }

  @Override
  public void destroyObject(PooledObject<Connection> pooled) {
    if (pooled.getObject() instanceof NodeConnection connection) {
      connection.goHome();
    }
    onReturn.run();
  }
}
