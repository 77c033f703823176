package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.pool.MasterLoans;
import redis.clients.jedis.Connection;
import redis.clients.jedis.util.Pool;

/** What an iteration of Jedis asks for a connection before each step: gives it itself. */
final class IterationPool extends Pool<Connection> {
  private final Iteration iteration;

  IterationPool(Iteration iteration) {
    super(new MasterLoans(() -> iteration), MasterLoans.config());
    this.iteration = iteration;
  }

  @Override
  public Connection getResource() {
    return iteration;
  }
}
