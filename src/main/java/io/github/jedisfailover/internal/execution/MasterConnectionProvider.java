package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.pool.MasterLoans;
import java.util.Map;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.Pool;

/**
 * The client's {@link RoutedConnections} in the form that a {@code RedisClient} needs: its {@code
 * getPool()} casts to the pooled provider.
 */
public final class MasterConnectionProvider extends PooledConnectionProvider {
  private final RoutedConnections connections;
  private final Runnable onClose;

  /**
   * Opens no connection.
   *
   * @param onClose closes the client
   */
  public MasterConnectionProvider(RoutedConnections connections, Runnable onClose) {
    super(new MasterLoans(connections::getConnection), MasterLoans.config());
    this.connections = connections;
    this.onClose = onClose;
  }

  @Override
  public Connection getConnection() {
    return connections.getConnection();
  }

  @Override
  public Connection getConnection(CommandArguments arguments) {
    return connections.getConnection();
  }

  @Override
  public Map<?, Pool<Connection>> getConnectionMap() {
    return connections.getConnectionMap();
  }

  @Override
  public Map<?, Pool<Connection>> getPrimaryNodesConnectionMap() {
    return connections.getPrimaryNodesConnectionMap();
  }

  @Override
  public void close() {
    onClose.run();
  }

  /** Ends the pool that {@link #getPool()} shows. */
  public void closeLoans() {
    super.close();
  }
}
