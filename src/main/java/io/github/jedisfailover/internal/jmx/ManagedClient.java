package io.github.jedisfailover.internal.jmx;

import io.github.jedisfailover.health.HealthReport;
import io.github.jedisfailover.metrics.ClientFigures;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.Optional;

/** What the MBean shows and does. */
public interface ManagedClient {
  ClientFigures figures();

  HealthReport health();

  String dump();

  String readFrom();

  void readFrom(String policy);

  /**
   * @param to empty for the best replica
   */
  void switchover(Optional<NodeAddress> to);
}
