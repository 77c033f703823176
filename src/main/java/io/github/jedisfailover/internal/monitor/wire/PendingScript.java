package io.github.jedisfailover.internal.monitor.wire;

import java.util.List;

/**
 * A script that runs or waits, as {@code SENTINEL PENDING-SCRIPTS} shows it.
 *
 * @param arguments the path first
 * @param pid 0 if it does not run
 * @param millis how long it has been running, or until it runs again
 * @param retries runs that failed so far
 */
public record PendingScript(
    List<String> arguments, boolean running, long pid, long millis, int retries) {
  public PendingScript {
    arguments = List.copyOf(arguments);
  }
}
