package io.github.jedisfailover;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.health.HealthReport;
import io.github.jedisfailover.internal.jmx.ManagedClient;
import io.github.jedisfailover.metrics.ClientFigures;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.Optional;

/** One client for JMX. */
final class Managed implements ManagedClient {
  private final Machinery machinery;

  Managed(Machinery machinery) {
    this.machinery = machinery;
  }

  @Override
  public ClientFigures figures() {
    return machinery.observation().figures();
  }

  @Override
  public HealthReport health() {
    return machinery.observation().health();
  }

  @Override
  public String dump() {
    return machinery.observation().dump();
  }

  @Override
  public String readFrom() {
    return machinery.readFrom().toString();
  }

  @Override
  public void readFrom(String policy) {
    machinery.settings().readFrom(ReadFrom.parse(policy));
  }

  @Override
  public void switchover(Optional<NodeAddress> to) {
    machinery.handover().switchover(to);
  }
}
