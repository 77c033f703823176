package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.OnSwitch;
import io.github.jedisfailover.internal.pool.MasterLoans;
import io.github.jedisfailover.internal.pool.NodePool;
import io.github.jedisfailover.internal.routing.CommandIntent;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.Pool;

/**
 * Connections of the current master, for what does not go through the executor: pipelines,
 * transactions, subscriptions and iterations. Extends the pooled provider because {@code
 * RedisClient.getPool()} casts to it.
 */
public final class MasterConnectionProvider extends PooledConnectionProvider {
  private static final CommandArguments BORROW = new CommandArguments(Protocol.Command.PING);

  private final CallContext context;
  private final NodeSearch search;
  private final AtomicInteger turns = new AtomicInteger();
  private final Runnable onClose;

  private MasterConnectionProvider(
      CallContext context, Runnable onClose, AtomicReference<MasterConnectionProvider> self) {
    super(new MasterLoans(() -> self.get().getConnection()), MasterLoans.config());
    this.context = context;
    this.search = new NodeSearch(context);
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
   * Exactly one node, which the first step chooses as any read does: an iteration walks every
   * entry, and a second node would repeat each key. Its later steps go to the same server process
   * or end with {@code CursorLostException}.
   */
  @Override
  public Map<?, Pool<Connection>> getConnectionMap() {
    return iteration(OnSwitch.FAIL);
  }

  private Map<String, Pool<Connection>> iteration(OnSwitch onSwitch) {
    Iteration iteration = new Iteration(context, search, turns.getAndIncrement(), onSwitch);
    return Map.of(context.config().masterName(), new IterationPool(iteration));
  }

  /** As this provider, with iterations that do so. */
  public ConnectionProvider iterating(OnSwitch onSwitch) {
    return new Iterating(this, onSwitch);
  }

  /** The master's pool alone, for iterators that keep a connection for all steps. */
  @Override
  public Map<?, Pool<Connection>> getPrimaryNodesConnectionMap() {
    NodePool pool = atMaster(Lane::pool, context.clock().nanos());
    return Map.of(pool.address(), pool.jedisPool());
  }

  private <R> R atMaster(Function<Lane, R> step, long start) {
    return search.run(BORROW, CommandIntent.MASTER_ONLY, 0, start, step);
  }

  @Override
  public void close() {
    onClose.run();
  }

  /** Ends the pool that {@link #getPool()} shows. */
  public void closeLoans() {
    super.close();
  }

  /** A way to the same connections whose iterations take a switch in another way. */
  private record Iterating(MasterConnectionProvider master, OnSwitch onSwitch)
      implements ConnectionProvider {
    @Override
    public Connection getConnection() {
      return master.getConnection();
    }

    @Override
    public Connection getConnection(CommandArguments arguments) {
      return master.getConnection();
    }

    @Override
    public Map<?, ?> getConnectionMap() {
      return master.iteration(onSwitch);
    }

    @Override
    public void close() {
      master.close();
    }
  }
}
