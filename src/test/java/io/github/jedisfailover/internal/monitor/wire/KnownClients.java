package io.github.jedisfailover.internal.monitor.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Connections that the test lists. */
final class KnownClients implements ClientDirectory {
  final List<ClientFacts> open = new ArrayList<>();
  final Set<Long> closed = new HashSet<>();

  void add(ClientState state) {
    open.add(new ClientFacts(state, "1.2.3.4:" + state.id(), "5.6.7.8:1", 1, 1, "ping", 0, 0));
  }

  @Override
  public List<ClientFacts> all() {
    return List.copyOf(open);
  }

  @Override
  public void close(Set<Long> ids) {
    closed.addAll(ids);
  }
}
