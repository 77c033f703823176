package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.TopologySource;

/** A source that tells what it was told. */
public interface OutspokenSource extends TopologySource {
  /** What was said last. Quick, without I/O; thread-safe. */
  Opinions opinions();
}
