package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.internal.runtime.Entropy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The state of a voter that certainly never gave a vote. A voter without state cannot know that of
 * itself, and waits; who makes all voters of a group anew does know.
 */
public final class FirstState {
  private FirstState() {}

  static PersistentState make() {
    return new PersistentState(Entropy.id(), 0, List.of());
  }

  /**
   * Stores it for a voter that has never run.
   *
   * @param directory without a state
   * @throws IllegalStateException if the directory cannot be used or has a state
   */
  public static void store(Path directory) {
    try (VoteStore store = VoteStore.inDirectory(directory)) {
      if (store.load().isPresent()) {
        throw new IllegalStateException("stateDirectory " + directory + " has a state already");
      }
      store.save(make());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
