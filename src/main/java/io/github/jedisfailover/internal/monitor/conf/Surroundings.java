package io.github.jedisfailover.internal.monitor.conf;

import java.util.List;
import java.util.Optional;

/**
 * What Redis asks the system while it reads a config file. One object serves one reading: it
 * remembers the directory.
 */
public interface Surroundings {
  /**
   * Makes this the directory that relative paths start at.
   *
   * @return the system's reason why it cannot be, or empty
   */
  Optional<String> enter(String directory);

  /** The directory of now, absolute and without symbolic links. */
  String directory();

  /** Whether this script exists and may be executed. */
  boolean executable(String path);

  /**
   * Proves that the log can be appended to; creates it if missing, as Redis does.
   *
   * @return the system's reason why it cannot be, or empty
   */
  Optional<String> openLog(String path);

  /** The address of a host name, empty if there is none. Asked only with resolve-hostnames on. */
  Optional<String> resolve(String host);

  /**
   * The content of each file that the pattern names.
   *
   * @throws IncludeFailed if it has no wildcard and cannot be read
   */
  List<String> include(String pattern) throws IncludeFailed;

  /** An included file that cannot be read. */
  final class IncludeFailed extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason the system's reason
     */
    public IncludeFailed(String reason) {
      super(reason);
    }
  }

  /** Believes everything and knows no name; for texts that are looked at away from their host. */
  static Surroundings unchecked(String directory) {
    return new Surroundings() {
      private String now = directory;

      @Override
      public Optional<String> enter(String next) {
        now = next.startsWith("/") ? next : now + "/" + next;
        return Optional.empty();
      }

      @Override
      public String directory() {
        return now;
      }

      @Override
      public boolean executable(String path) {
        return true;
      }

      @Override
      public Optional<String> openLog(String path) {
        return Optional.empty();
      }

      @Override
      public Optional<String> resolve(String host) {
        return Optional.empty();
      }

      @Override
      public List<String> include(String pattern) {
        return List.of();
      }
    };
  }
}
