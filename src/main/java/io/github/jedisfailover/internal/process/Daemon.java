package io.github.jedisfailover.internal.process;

import io.github.jedisfailover.internal.monitor.conf.ProcessSettings;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code daemonize yes}. A JVM cannot fork: it starts itself again, detached from the terminal, and
 * leaves. Whoever started it sees what Redis shows: a program that ends at once with status 0 and
 * another process that goes on.
 */
final class Daemon {
  /** Marks the second one; a property and not a variable, which scripts would inherit. */
  private static final String MARK = "jedisfailover.daemon";

  private Daemon() {}

  /**
   * Returns whether another process goes on in our place; if none can be started, this one stays.
   */
  static boolean left(ProcessSettings settings) {
    return settings.daemonize() && System.getProperty(MARK) == null && started();
  }

  private static boolean started() {
    ProcessHandle.Info me = ProcessHandle.current().info();
    Optional<String> java = me.command();
    Optional<String[]> arguments = me.arguments();
    if (java.isEmpty() || arguments.isEmpty()) {
      return false;
    }
    List<String> again = new ArrayList<>(List.of(java.get(), "-D" + MARK + "=true"));
    again.addAll(Arrays.asList(arguments.get()));
    List<String> detached = new ArrayList<>(List.of("setsid"));
    detached.addAll(again);
    return starts(detached) || starts(again);
  }

  private static boolean starts(List<String> command) {
    File nothing = new File("/dev/null");
    try {
      new ProcessBuilder(command)
          .redirectInput(nothing)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false; // no setsid on this machine
    }
  }
}
