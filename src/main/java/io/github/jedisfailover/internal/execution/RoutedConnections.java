package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.OnSwitch;
import io.github.jedisfailover.internal.pool.NodePool;
import io.github.jedisfailover.internal.routing.CommandIntent;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.util.Pool;

/**
 * Connections for what does not go through the executor: those of the master for transactions, and
 * iterations over a node that the read policy allows. Owns nothing: the node pools do. Thread-safe.
 */
public final class RoutedConnections implements ConnectionProvider {
  private static final CommandArguments BORROW = new CommandArguments(Protocol.Command.PING);

  private final CallContext context;
  private final NodeSearch search;
  private final AtomicInteger turns;
  private final OnSwitch onSwitch;

  /** Of the client, with iterations that end at a switch. */
  public RoutedConnections(CallContext context) {
    this(context, new NodeSearch(context), new AtomicInteger(), OnSwitch.FAIL);
  }

  private RoutedConnections(
      CallContext context, NodeSearch search, AtomicInteger turns, OnSwitch onSwitch) {
    this.context = context;
    this.search = search;
    this.turns = turns;
    this.onSwitch = onSwitch;
  }

  RoutedConnections view(CallContext own) {
    return new RoutedConnections(own, new NodeSearch(own), turns, onSwitch);
  }

  /** The same with iterations that take a switch in this way. */
  public RoutedConnections iterating(OnSwitch other) {
    return new RoutedConnections(context, search, turns, other);
  }

  /** Waits for a master, and for a free connection to it, at most the call's deadline. */
  @Override
  public Connection getConnection() {
    return getConnection(context.clock().nanos());
  }

  /** As {@link #getConnection()} for a call that began at this time. */
  Connection getConnection(long start) {
    return lend(start).connection();
  }

  /** As {@link #getConnection()} with the pool that lent it. */
  Lent lend(long start) {
    return atMaster(lane -> new Lent(lane.pool(), lane.pool().borrow()), start);
  }

  /** A connection of a master and where it comes from. */
  record Lent(NodePool pool, Connection connection) {}

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
    Iteration iteration = new Iteration(context, search, turns.getAndIncrement(), onSwitch);
    return Map.of(context.config().masterName(), new IterationPool(iteration));
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

  /** Closes nothing: the client does. */
  @Override
  public void close() {}
}
