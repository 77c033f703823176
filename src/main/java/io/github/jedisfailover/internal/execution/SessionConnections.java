package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.pool.MasterLoans;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.providers.ConnectionProvider;

/**
 * Connections of the master for the transactions of a session. What is written on them cannot be
 * seen, so as long as one is lent the session reads from the master.
 */
public final class SessionConnections implements ConnectionProvider {
  private final RoutedConnections master;
  private final SessionState session;
  private final AtomicReference<ConnectionPool> loans = new AtomicReference<>();

  public SessionConnections(RoutedConnections master, SessionState session) {
    this.master = master;
    this.session = session;
  }

  @Override
  public Connection getConnection() {
    ConnectionPool pool = loans.get();
    if (pool == null) {
      // Owns nothing and keeps nothing idle: one made in vain needs no end.
      loans.compareAndSet(
          null,
          new ConnectionPool(new MasterLoans(this::lend, session::takeBack), MasterLoans.config()));
      pool = loans.get();
    }
    return pool.getResource();
  }

  private Connection lend() {
    session.lend();
    boolean lent = false;
    try {
      Connection connection = master.getConnection();
      lent = true;
      return connection;
    } finally {
      if (!lent) {
        session.takeBack();
      }
    }
  }

  @Override
  public Connection getConnection(CommandArguments arguments) {
    return getConnection();
  }

  @Override
  public Map<?, ?> getConnectionMap() {
    return master.getConnectionMap();
  }

  @Override
  public Map<?, ?> getPrimaryNodesConnectionMap() {
    return master.getPrimaryNodesConnectionMap();
  }

  /** The client closes what is lent. */
  @Override
  public void close() {}
}
