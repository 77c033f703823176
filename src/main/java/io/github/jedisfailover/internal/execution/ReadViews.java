package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.internal.lag.Position;
import io.github.jedisfailover.internal.lag.Progress;
import io.github.jedisfailover.internal.probe.Probes;
import io.github.jedisfailover.internal.probe.ReplicationInfo;
import java.util.Optional;
import redis.clients.jedis.Connection;

/** Makes executors that read elsewhere than the client does, over its pools. Thread-safe. */
public final class ReadViews {
  private final CallContext context;
  private final Routes routes;
  private final Probes probes;
  private final RoutingExecutor unguarded; // what all others share their parts with

  public ReadViews(CallContext context, Routes routes, Probes probes, ScriptMemory scripts) {
    this.context = context;
    this.routes = routes;
    this.probes = probes;
    this.unguarded = new RoutingExecutor(context, scripts, () -> {});
  }

  /** The client's own executor, by its configuration. */
  public RoutingExecutor ofClient(Runnable onClose) {
    ReadFrom policy = routes.policy();
    boolean ordered = policy.order() != ReadFrom.Order.LOWEST_LATENCY;
    return executor(
        ordered ? routes : new ViewRoutes(routes, policy, probes), policy, null, onClose);
  }

  /** Closing it closes nothing. */
  public RoutingExecutor reading(ReadFrom policy) {
    return reading(policy, null);
  }

  /** As {@link #reading(ReadFrom)}, seeing what the session has written. */
  public RoutingExecutor reading(ReadFrom policy, SessionState session) {
    // never the client's own routes: its policy may change, this one's does not
    return executor(new ViewRoutes(routes, policy, probes), policy, session, () -> {});
  }

  private RoutingExecutor executor(
      RouteSource source, ReadFrom policy, SessionState session, Runnable onClose) {
    boolean guarded = session != null || ReadGuard.isNeededFor(policy);
    ReadGuard guard = guarded ? new ReadGuard(probes, context.clock(), policy, session) : null;
    return unguarded.view(source, guard, onClose);
  }

  /** A session that begins at this position, or with nothing to see. */
  public SessionState session(Optional<Position> position) {
    return new SessionState(context.clock(), position.orElse(null));
  }

  /**
   * The position that the session has reached, asked of the master if the session has written.
   *
   * @param connection of the master
   * @return empty if it has seen nothing
   * @throws MasterUnavailableException if the node is no master (any more)
   */
  public Optional<Position> position(SessionState session, MasterConnectionProvider connection) {
    if (!session.hasWritten()) {
      return Optional.ofNullable(session.untouched());
    }
    try (Connection master = connection.getConnection()) {
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
