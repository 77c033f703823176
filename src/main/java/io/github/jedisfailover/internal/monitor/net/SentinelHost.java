package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction.Level;

/** The process around a {@link SentinelRuntime}. Called on any thread; never blocks for long. */
public interface SentinelHost {
  /** One line of the log. */
  void log(Level level, String text);

  /**
   * @param name a value of {@code loglevel}
   */
  void showFrom(String name);

  /** Ends the process at once, as a crash would. */
  void crash(int status);

  /** Ends the process in good order, soon; a client asked for it. */
  void end();
}
