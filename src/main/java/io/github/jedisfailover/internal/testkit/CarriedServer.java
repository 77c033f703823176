package io.github.jedisfailover.internal.testkit;

import java.io.IOException;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/** The server inside of the embedded-redis jar, which need not be there. */
public final class CarriedServer {
  private static final String ADVICE = ": install redis-server, or name one with REDIS_SERVER";

  private CarriedServer() {}

  /**
   * Unpacks it.
   *
   * @param directory where to
   * @throws IllegalStateException if the jar is not on the class path, or has none for this system
   */
  public static Path unpack(Path directory) {
    try {
      return ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "no redis-server is named or on the PATH, and com.github.codemonstur:embedded-redis is not"
              + " on the class path"
              + ADVICE,
          e);
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "embedded-redis has no server for "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ADVICE,
          e);
    }
  }
}
