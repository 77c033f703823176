package io.github.jedisfailover.internal.observe;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.internal.execution.CallWatch;
import io.github.jedisfailover.internal.pool.NodePools;
import io.github.jedisfailover.internal.probe.Probes;
import io.github.jedisfailover.topology.TopologySource;
import io.github.jedisfailover.topology.TopologyView;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What there is to look at.
 *
 * @param settings in force
 * @param closed whether the client was closed
 */
public record Parts(
    Supplier<FailoverConfig> settings,
    TopologyView topology,
    TopologySource source,
    NodePools pools,
    Probes probes,
    CallWatch calls,
    BooleanSupplier closed) {}
