package io.github.jedisfailover.foreign;

import io.github.jedisfailover.topology.NodeAddress;
import java.nio.file.Path;
import java.util.List;

/** A kind of client; it is told where Sentinels are, and nothing else. */
interface Client {
  /** What a client has to know. */
  record Place(List<NodeAddress> sentinels, String master, String key, Path scratch) {}

  /** What is missing here to run it, in words for whoever reads why it was skipped; or empty. */
  String missing();

  /** Counts up under the key, each time with a write and a read, until it is closed. */
  Loop start(Place place);

  /** A client at work. */
  interface Loop extends AutoCloseable {
    /** What it complained of; for the message of a test that fails. */
    String complaints();

    @Override
    void close();
  }
}
