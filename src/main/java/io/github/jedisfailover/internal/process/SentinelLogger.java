package io.github.jedisfailover.internal.process;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Lines of the library and of Jedis in the process' log. */
final class SentinelLogger extends AbstractLogger {
  private static final long serialVersionUID = 1L;

  private final transient SentinelLog log;

  SentinelLogger(String name, SentinelLog log) {
    this.name = name;
    this.log = log;
  }

  /** Redis has no level for errors: whoever reads a log looks for its warnings. */
  private static CoreAction.Level level(Level level) {
    return switch (level) {
      case ERROR, WARN -> CoreAction.Level.WARNING;
      case INFO -> CoreAction.Level.NOTICE;
      case DEBUG, TRACE -> CoreAction.Level.DEBUG;
    };
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable throwable) {
    String text = MessageFormatter.basicArrayFormat(pattern, arguments);
    if (throwable != null) {
      StringWriter stack = new StringWriter();
      throwable.printStackTrace(new PrintWriter(stack, true));
      text = text + "\n" + stack.toString().stripTrailing();
    }
    log.write(level(level), text);
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null; // no line tells where it came from
  }

  /** Jedis and the library say at TRACE what would fill a disk. */
  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isTraceEnabled(Marker marker) {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return log.shows(level(Level.DEBUG));
  }

  @Override
  public boolean isDebugEnabled(Marker marker) {
    return isDebugEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return log.shows(level(Level.INFO));
  }

  @Override
  public boolean isInfoEnabled(Marker marker) {
    return isInfoEnabled();
  }

  @Override
  public boolean isWarnEnabled() {
    return log.shows(level(Level.WARN));
  }

  @Override
  public boolean isWarnEnabled(Marker marker) {
    return isWarnEnabled();
  }

  @Override
  public boolean isErrorEnabled() {
    return log.shows(level(Level.ERROR));
  }

  @Override
  public boolean isErrorEnabled(Marker marker) {
    return isErrorEnabled();
  }
}
