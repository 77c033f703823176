package io.github.jedisfailover.internal.monitor.net;

/**
 * Under which name a far end knows a command. Asked at each use: an operator may change it while we
 * run.
 */
@FunctionalInterface
interface CommandNames {
  /** Every command under its own name. */
  CommandNames PLAIN = (command, master) -> command;

  /**
   * @param master the group that the command is about; empty if it is about none, as a PING to
   *     another Sentinel
   */
  String of(String command, String master);
}
