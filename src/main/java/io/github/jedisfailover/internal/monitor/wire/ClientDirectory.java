package io.github.jedisfailover.internal.monitor.wire;

import java.util.List;
import java.util.Set;

/** The connections of the listener. */
public interface ClientDirectory {
  /** In the order in which they came. */
  List<ClientFacts> all();

  /** Ends connections by their ids; does not wait for it. */
  void close(Set<Long> ids);
}
