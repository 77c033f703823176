package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.Optional;

/** A source that can also have the master changed. */
public interface SwitchoverSource extends OutspokenSource {
  /**
   * Asks for it; what it has led to is told by a snapshot.
   *
   * @param to the replica to promote; empty for the best one
   * @return why it is not done; empty if it was done or begun
   */
  Optional<String> switchover(Optional<NodeAddress> to, Duration limit);
}
