package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologyView;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What all calls of one client share.
 *
 * @param settings deadlines and policies in force
 * @param retries how a call is repeated, of the client or of a view
 * @param routes the route table in force, of the client or of a view
 * @param topology to wait for news
 * @param trouble told of each node that failed a call; never blocks
 * @param clock for deadlines
 * @param watch notes what becomes of calls
 * @param closed whether the client was closed
 */
public record CallContext(
    Supplier<FailoverConfig> settings,
    Supplier<RetryPolicy> retries,
    RouteSource routes,
    TopologyView topology,
    Consumer<NodeAddress> trouble,
    MonotonicClock clock,
    CallWatch watch,
    BooleanSupplier closed) {
  /** Deadlines and policies in force now. */
  FailoverConfig config() {
    return settings.get();
  }

  /** How a call that begins now is repeated. */
  RetryPolicy retry() {
    return retries.get();
  }

  /** The same for calls that look their candidates up elsewhere. */
  CallContext with(RouteSource others) {
    return new CallContext(settings, retries, others, topology, trouble, clock, watch, closed);
  }

  /** The same for calls that are repeated by a policy of their own. */
  CallContext retrying(RetryPolicy own) {
    return new CallContext(settings, () -> own, routes, topology, trouble, clock, watch, closed);
  }
}
