package io.github.jedisfailover.internal.monitor.conf;

/**
 * A config file that {@code redis-sentinel} would refuse, with its words.
 *
 * <p>The message leaves the line out: it may hold a password, and messages end in logs. {@link
 * #render} shows it, as the real one does to the person at the terminal.
 */
public final class ConfException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int number;
  private final String line;
  private final String reason;

  ConfException(int number, String line, String reason) {
    super(number == 0 ? reason : "line " + number + ": " + reason);
    this.number = number;
    this.line = line;
    this.reason = reason;
  }

  /** The line's number from 1; 0 if the fault is in no single line. */
  public int number() {
    return number;
  }

  /** The line without blanks around it; empty if there is none. */
  public String line() {
    return line;
  }

  /** What is wrong, in the real one's words. */
  public String reason() {
    return reason;
  }

  /**
   * The whole block that goes to the standard error stream.
   *
   * @param version the version to name, for example {@code 7.0.15}
   */
  public String render(String version) {
    String where =
        number == 0
            ? ""
            : "Reading the configuration file, at line " + number + "\n>>> '" + line + "'\n";
    return "\n*** FATAL CONFIG FILE ERROR (Redis " + version + ") ***\n" + where + reason + "\n";
  }
}
