package io.github.jedisfailover.internal.monitor.core;

import java.util.List;

/**
 * A script that runs or waits, as {@code SENTINEL PENDING-SCRIPTS} shows it.
 *
 * @param arguments the path first
 * @param pid 0 if it does not run
 * @param millis how long it has been running, or until it runs again
 * @param retries how often it was started; Sentinel counts the first run too
 */
public record PendingScript(
    List<String> arguments, boolean running, long pid, long millis, int retries) {
  public PendingScript {
    arguments = List.copyOf(arguments);
  }
}
