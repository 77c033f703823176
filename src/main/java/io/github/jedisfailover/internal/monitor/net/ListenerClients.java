package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.wire.ClientDirectory;
import io.github.jedisfailover.internal.monitor.wire.ClientFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The open connections by id, and how many there may be. */
final class ListenerClients implements ClientDirectory {
  private final Map<Long, ClientConnection> byId = new ConcurrentSkipListMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final int limit;

  ListenerClients(int limit) {
    this.limit = limit;
  }

  /** Only the accepting threads add; several may go over the limit by one each, never more. */
  boolean isFull() {
    return count.get() >= limit;
  }

  int limit() {
    return limit;
  }

  int count() {
    return count.get();
  }

  void add(ClientConnection connection) {
    byId.put(connection.id(), connection);
    count.incrementAndGet();
  }

  void remove(ClientConnection connection) {
    if (byId.remove(connection.id()) != null) {
      count.decrementAndGet();
    }
  }

  Stream<ClientConnection> stream() {
    return byId.values().stream();
  }

  @Override
  public List<ClientFacts> all() {
    return stream().map(ClientConnection::facts).toList();
  }

  @Override
  public void close(Set<Long> ids) {
    ids.stream()
        .flatMap(id -> Optional.ofNullable(byId.get(id)).stream())
        .forEach(ClientConnection::close);
  }
}
