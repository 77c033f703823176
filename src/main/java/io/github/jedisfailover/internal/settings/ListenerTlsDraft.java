package io.github.jedisfailover.internal.settings;

import io.github.jedisfailover.config.ListenerTls;
import java.util.Optional;

/** A listener's port for TLS, as far as it was set by name. */
final class ListenerTlsDraft {
  private static final String PORT = "listener.tls.port";
  private static final String CLIENTS = "listener.tls.clients";

  final StoresDraft stores = new StoresDraft("listener.tls.");
  Integer port;
  ListenerTls.ClientCertificates clients;

  /** Empty if nothing of it was set. */
  Optional<ListenerTls> build() {
    stores.check();
    stores.need(PORT, port);
    Needs.check(PORT, port, CLIENTS, clients);
    stores.needKeyStore(PORT, port);
    return Optional.ofNullable(port).map(p -> new ListenerTls(p, stores.context(), asked()));
  }

  private ListenerTls.ClientCertificates asked() {
    return clients == null ? ListenerTls.ClientCertificates.NONE : clients;
  }
}
