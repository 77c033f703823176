package io.github.jedisfailover.internal.jmx;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;

/** Reads and does what the client tells. Thread-safe. */
final class ClientBean implements RedisFailoverClientMXBean {
  private final ManagedClient client;

  ClientBean(ManagedClient client) {
    this.client = client;
  }

  @Override
  public String getStatus() {
    return client.health().status().name();
  }

  @Override
  public List<String> getReasons() {
    return client.health().reasons();
  }

  @Override
  public String getMasterName() {
    return client.figures().masterName();
  }

  @Override
  public String getMaster() {
    return client.figures().topology().master().map(m -> m.address().toString()).orElse("");
  }

  @Override
  public List<String> getNodes() {
    return client.health().nodes().stream()
        .map(n -> n.address() + " " + n.role() + " " + n.status() + ": " + n.detail())
        .toList();
  }

  @Override
  public List<String> getVoters() {
    return client.health().voters().stream()
        .map(v -> v.address() + " " + v.status() + ": " + v.detail())
        .toList();
  }

  @Override
  public List<String> getPools() {
    return client.figures().pools().stream().map(Object::toString).toList();
  }

  @Override
  public long getEpoch() {
    return client.figures().topology().version().configEpoch();
  }

  @Override
  public int getParkedCalls() {
    return client.figures().parkedCalls();
  }

  @Override
  public long getLongestParkedMillis() {
    return client.figures().longestParked().toMillis();
  }

  @Override
  public int getDisagreements() {
    return client.figures().disagreements();
  }

  @Override
  public String getReadFrom() {
    return client.readFrom();
  }

  @Override
  public void setReadFrom(String policy) {
    plainly(() -> client.readFrom(policy));
  }

  @Override
  public void switchover() {
    plainly(() -> client.switchover(Optional.empty()));
  }

  @Override
  public void switchoverTo(String node) {
    plainly(() -> client.switchover(Optional.of(NodeAddress.parse(node))));
  }

  @Override
  public String dump() {
    return client.dump();
  }

  /** The console at the other end does not have our classes. */
  private static void plainly(Runnable operation) {
    try {
      operation.run();
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalStateException(e.getMessage());
    }
  }
}
