package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.config.PromoteOption;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.Optional;
import java.util.Set;

/** A source whose master is changed by hand. */
public interface PromotableSource extends OutspokenSource {
  /**
   * Makes the replica the master; returns when that is offered to the sink.
   *
   * @return why it is not done; empty if it was
   */
  Optional<String> promote(NodeAddress target, Set<PromoteOption> options);
}
