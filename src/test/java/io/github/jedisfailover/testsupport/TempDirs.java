package io.github.jedisfailover.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories that go away with what used them. */
public final class TempDirs {
  private TempDirs() {}

  public static Path create() {
    try {
      return Files.createTempDirectory("jedis-failover-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes everything below and the directory; what is gone already does not matter. */
  public static void delete(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // A server that is being killed may still write: the directory is in the system's temp.
      root.toFile().deleteOnExit();
    }
  }
}
