package io.github.jedisfailover.internal.testkit;

import io.github.jedisfailover.internal.runtime.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories that go away with what used them. */
public final class TempDirs {
  private static final int TRIES = 20;

  private TempDirs() {}

  public static Path create() {
    try {
      return Files.createTempDirectory("jedis-failover-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Deletes everything below and the directory; what is gone already does not matter. Who still
   * writes there while it ends may put files back, so it is tried more than once.
   */
  public static void delete(Path root) {
    for (int i = 0; i < TRIES && !deleted(root); i++) {
      if (!DaemonThreads.pause(10)) {
        return;
      }
    }
  }

  private static boolean deleted(Path root) {
    if (!Files.exists(root)) {
      return true;
    }
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
