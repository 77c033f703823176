package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.PersistentState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps identity, epochs and votes over a restart. */
interface VoteStore extends AutoCloseable {
  /**
   * What the last run stored; empty if there was none.
   *
   * @throws IllegalStateException naming file and line if there is something else
   */
  Optional<PersistentState> load();

  /** Returns when the state survives a power loss. */
  void save(PersistentState state) throws IOException;

  @Override
  void close();

  /** Forgets everything with the process. */
  static VoteStore inMemory() {
    return new VoteStore() {
      @Override
      public Optional<PersistentState> load() {
        return Optional.empty();
      }

      @Override
      public void save(PersistentState state) {
        // the core holds the state already
      }

      @Override
      public void close() {
        // holds nothing
      }
    };
  }

  /**
   * A file in the directory, which is created if missing and locked until closed.
   *
   * @throws IllegalStateException if the directory is in use or cannot be written
   */
  static VoteStore inDirectory(Path directory) {
    return new FileVoteStore(directory);
  }
}
