package io.github.jedisfailover.internal.monitor.core;

import java.util.List;

/**
 * One script of {@code SENTINEL PENDING-SCRIPTS}.
 *
 * @param argv the program and its arguments
 * @param pid 0 while it does not run
 * @param millis how long it has been running, or how long until it may start
 * @param runs how often it was started
 */
public record PendingScript(List<String> argv, boolean running, long pid, long millis, int runs) {
  public PendingScript {
    argv = List.copyOf(argv);
  }
}
