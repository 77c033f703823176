package io.github.jedisfailover.internal.monitor.net;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Executes a script as Sentinel does: no shell in between, relative to the working directory, with
 * this process' environment and without its open files.
 */
final class ScriptStarter {
  /** What fork() says when there is no memory and no process left: EAGAIN, ENOMEM. */
  private static final List<String> NO_PROCESS = List.of("error=11,", "error=12,");

  private final File directory;
  private final boolean inheritStreams;

  /**
   * @param directory what a relative path starts from, and where the script runs
   * @param inheritStreams whether it shares this process' standard streams, as with Sentinel. An
   *     application's streams are not ours to give away: it reads and writes nothing then
   */
  ScriptStarter(Path directory, boolean inheritStreams) {
    this.directory = directory.toFile();
    this.inheritStreams = inheritStreams;
  }

  /** The program is missing or cannot be executed. */
  static final class NotExecutableException extends Exception {
    private static final long serialVersionUID = 1L;

    NotExecutableException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** No process could be made. */
  static final class NoProcessException extends Exception {
    private static final long serialVersionUID = 1L;

    NoProcessException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** How a script ended; one of the two is 0. */
  record End(int signal, int exitStatus) {
    private static final int SIGNAL_BASE = 128;
    private static final int LAST_SIGNAL = 64;

    /**
     * Java reports death by signal n as 128 + n, which a script can also return by itself. Such a
     * script is taken for killed: one that dies by a signal must be repeated.
     */
    static End of(int exitValue) {
      int signal = exitValue - SIGNAL_BASE;
      return signal >= 1 && signal <= LAST_SIGNAL ? new End(signal, 0) : new End(0, exitValue);
    }
  }

  Process start(List<String> argv) throws NotExecutableException, NoProcessException {
    List<String> command = new ArrayList<>(argv);
    if (!command.get(0).contains("/")) {
      command.set(0, "./" + command.get(0)); // Java would look into PATH, Sentinel does not
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory);
    if (inheritStreams) {
      builder.inheritIO();
    } else {
      builder
          .redirectInput(new File("/dev/null"))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD);
    }
    try {
      return builder.start();
    } catch (IOException e) {
      String text = String.valueOf(e.getMessage());
      if (NO_PROCESS.stream().anyMatch(text::contains)) {
        throw new NoProcessException(e);
      }
      throw new NotExecutableException(e);
    }
  }
}
