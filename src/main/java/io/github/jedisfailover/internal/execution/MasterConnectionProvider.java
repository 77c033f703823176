package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.internal.pool.LeaseFailedException;
import io.github.jedisfailover.internal.pool.MasterLoans;
import io.github.jedisfailover.internal.pool.NodePool;
import io.github.jedisfailover.internal.routing.RouteTable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.Pool;

/**
 * Connections of the current master, for what does not go through the executor: pipelines,
 * transactions, subscriptions and iterations. Extends the pooled provider because {@code
 * RedisClient.getPool()} casts to it.
 */
public final class MasterConnectionProvider extends PooledConnectionProvider {
  private final CallContext context;
  private final CallRetry retry;
  private final Runnable onClose;

  private MasterConnectionProvider(
      CallContext context, Runnable onClose, AtomicReference<MasterConnectionProvider> self) {
    super(new MasterLoans(() -> self.get().getConnection()), MasterLoans.config());
    this.context = context;
    this.retry = new CallRetry(context);
    this.onClose = onClose;
    self.set(this);
  }

  /** Opens no connection. */
  public static MasterConnectionProvider create(CallContext context, Runnable onClose) {
    return new MasterConnectionProvider(context, onClose, new AtomicReference<>());
  }

  /** Waits for a master, and for a free connection to it, at most the call's deadline. */
  @Override
  public Connection getConnection() {
    return atMaster(lane -> lane.pool().borrow(), context.clock().nanos());
  }

  /** As {@link #getConnection()} for a call that began at this time. */
  Connection getConnection(long start) {
    return atMaster(lane -> lane.pool().borrow(), start);
  }

  @Override
  public Connection getConnection(CommandArguments arguments) {
    return getConnection();
  }

  /**
   * The master's pool alone: an iteration walks every entry, and replicas would repeat each key. An
   * iteration under way at a switch fails, since its cursor belongs to the old master.
   */
  @Override
  public Map<?, Pool<Connection>> getConnectionMap() {
    NodePool pool = atMaster(Lane::pool, context.clock().nanos());
    return Map.of(pool.address(), pool.jedisPool());
  }

  @Override
  public Map<?, Pool<Connection>> getPrimaryNodesConnectionMap() {
    return getConnectionMap();
  }

  private <R> R atMaster(Function<Lane, R> step, long start) {
    CallRetry.Attempts attempts = retry.newCall();
    LeaseFailedException last = null;
    while (true) {
      if (context.closed().getAsBoolean()) {
        throw RoutingExecutor.closedClient(context);
      }
      RouteTable<Lane> table = context.routes().table();
      Lane master = table.master();
      long backoffMillis = Long.MAX_VALUE;
      if (master != null) {
        try {
          return step.apply(master);
        } catch (LeaseFailedException e) {
          last = e;
          Attempt.book(master, Failure.NOT_SENT, e, context.trouble());
          backoffMillis = attempts.failed(e);
        }
      }
      long spent = (context.clock().nanos() - start) / 1_000_000;
      long left = context.config().callTimeout().toMillis() - spent;
      if (left <= 0 || backoffMillis < 0) {
        throw new MasterUnavailableException(
            "Master group '"
                + context.config().masterName()
                + "': no connection to a master within "
                + spent
                + " ms ("
                + attempts.made()
                + " attempts)",
            last);
      }
      context
          .topology()
          .awaitNewerThan(table.version(), Duration.ofMillis(Math.min(left, backoffMillis)));
    }
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
