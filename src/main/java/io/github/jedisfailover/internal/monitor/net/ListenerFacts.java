package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.PendingScript;
import io.github.jedisfailover.internal.monitor.wire.ServedNames;
import java.nio.file.Path;
import java.util.List;

/** What only a monitor in a process of its own can tell its clients. */
interface ListenerFacts {
  /** Of a monitor inside an application. */
  ListenerFacts NONE =
      new ListenerFacts() {
        @Override
        public List<PendingScript> scripts() {
          return List.of();
        }

        @Override
        public Path directory() {
          return Path.of("");
        }

        @Override
        public boolean resolves(String name) {
          return false;
        }

        @Override
        public boolean end() {
          return false;
        }
      };

  List<PendingScript> scripts();

  /** What clients call the commands. */
  default ServedNames names() {
    return ServedNames.OWN;
  }

  /** What relative paths of clients start from. */
  Path directory();

  /** Whether names are allowed and this one has an address; the core knows it from now on. */
  boolean resolves(String name);

  /** SHUTDOWN; {@code false} if a client may not end what this runs in. */
  boolean end();
}
