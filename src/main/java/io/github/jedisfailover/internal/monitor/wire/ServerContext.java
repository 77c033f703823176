package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.PendingScript;
import java.util.List;

/** What commands read; asked for only by the commands that need it. */
public interface ServerContext {
  CoreView view();

  ServerFacts facts();

  ClientDirectory clients();

  AccessControl access();

  /** What clients call the commands. */
  default ServedNames names() {
    return ServedNames.OWN;
  }

  /** Scripts that run or wait. */
  default List<PendingScript> scripts() {
    return List.of();
  }

  /** Whether a file with this path exists and may be executed. */
  default boolean isExecutable(String path) {
    return false;
  }

  /**
   * Whether a master may be given by this host: an IP address, or a name that could be resolved if
   * names are allowed. What was resolved is told to the core before this returns.
   */
  default boolean isHost(String host) {
    return Addresses.isIp(host);
  }
}
