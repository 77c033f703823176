package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySource;
import java.util.List;

/** A source that begins from given nodes, which may be given anew. */
public interface SeededSource extends TopologySource {
  /** Never blocks. */
  void nodes(List<NodeAddress> nodes);
}
