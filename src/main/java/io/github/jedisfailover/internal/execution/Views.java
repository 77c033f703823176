package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.internal.lag.Position;
import io.github.jedisfailover.internal.lag.Progress;
import io.github.jedisfailover.internal.probe.Probes;
import io.github.jedisfailover.internal.probe.ReplicationInfo;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.providers.ConnectionProvider;

/**
 * Makes what a client works with, and what reads or repeats otherwise over its pools. Thread-safe.
 */
public final class Views {
  private static final Runnable NOTHING = () -> {};

  private final CallContext context;
  private final Routes routes;
  private final Probes probes;
  private final RoutedConnections connections;
  // What all others share their parts with:
  private final RoutingExecutor unguarded;
  private final BatchExecutor batches;
  private final Transactions transactions;

  public Views(CallContext context, Routes routes, Probes probes, RoutedConnections connections) {
    this.context = context;
    this.routes = routes;
    this.probes = probes;
    this.connections = connections;
    ScriptMemory scripts = new ScriptMemory();
    this.unguarded = new RoutingExecutor(context, scripts, NOTHING);
    this.batches = new BatchExecutor(context, scripts);
    this.transactions = new Transactions(context, scripts, connections);
  }

  /** The client's own, by its configuration. */
  public View ofClient(Runnable onClose) {
    ClientExecutor executor = new ClientExecutor(this, context, onClose);
    return new View(context, executor, connections, batches, transactions);
  }

  /**
   * Closing its executor closes nothing.
   *
   * @param reads {@code null} for the client's own policy, whichever is in force
   * @param repeats {@code null} for the client's own policy, whichever is in force
   */
  public View of(ReadFrom reads, RetryPolicy repeats) {
    CallContext own = repeats == null ? context : context.retrying(repeats);
    CommandExecutor executor;
    if (reads == null) {
      executor = new ClientExecutor(this, own, NOTHING);
    } else {
      own = own.with(new ViewRoutes(routes, reads, probes));
      executor = executor(own, reads, null, NOTHING);
    }
    RoutedConnections theirs = connections.view(own);
    return new View(own, executor, theirs, batches.view(own), transactions.view(own, theirs));
  }

  /** By the client's policy of this moment. */
  RoutingExecutor following(CallContext own, ReadFrom policy, Runnable onClose) {
    boolean ordered = policy.order() != ReadFrom.Order.LOWEST_LATENCY;
    CallContext routed = ordered ? own : own.with(new ViewRoutes(routes, policy, probes));
    return executor(routed, policy, null, onClose);
  }

  /** Closing it closes nothing. */
  public CommandExecutor reading(ReadFrom policy) {
    return reading(policy, null);
  }

  /** As {@link #reading(ReadFrom)}, seeing what the session has written. */
  public CommandExecutor reading(ReadFrom policy, SessionState session) {
    // never the client's own routes: its policy may change, this one's does not
    CallContext own = context.with(new ViewRoutes(routes, policy, probes));
    return executor(own, policy, session, NOTHING);
  }

  private RoutingExecutor executor(
      CallContext own, ReadFrom policy, SessionState session, Runnable onClose) {
    boolean guarded = session != null || ReadGuard.isNeededFor(policy);
    ReadGuard guard = guarded ? new ReadGuard(probes, own.clock(), policy, session) : null;
    return unguarded.view(own, guard, onClose);
  }

  /** A session that begins at this position, or with nothing to see. */
  public SessionState session(Optional<Position> position) {
    return new SessionState(context.clock(), position.orElse(null));
  }

  /** For the session's pipelines. */
  public BatchExecutor batches(SessionState session) {
    return batches.of(session);
  }

  /** For the session's iterations and transactions; no proof lasts for a whole iteration. */
  public ConnectionProvider connections(SessionState session) {
    RouteSource master = new ViewRoutes(routes, ReadFrom.MASTER, probes);
    return new SessionConnections(connections.view(context.with(master)), session);
  }

  /**
   * The position that the session has reached, asked of the master if the session has written.
   *
   * @return empty if it has seen nothing
   * @throws MasterUnavailableException if the node is no master (any more)
   */
  public Optional<Position> position(SessionState session) {
    if (!session.hasWritten()) {
      return Optional.ofNullable(session.untouched());
    }
    try (Connection master = connections.getConnection()) {
      return Optional.of(
          ReplicationInfo.ask(master)
              .filter(said -> said.kind() == Progress.Kind.MASTER)
              .map(Progress::position)
              .orElseThrow(
                  () ->
                      new MasterUnavailableException(
                          "Master group '"
                              + context.config().masterName()
                              + "': the node tells no position of a master",
                          null)));
    }
  }
}
