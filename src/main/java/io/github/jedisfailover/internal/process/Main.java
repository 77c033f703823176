package io.github.jedisfailover.internal.process;

import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** {@code redis-sentinel} on a JVM. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
    SentinelLog log =
        loggers instanceof SentinelLogProvider.Loggers ours
            ? ours.log()
            : SentinelLog.ofThisProcess();
    SentinelProcess process = new SentinelProcess(log, Runtime.getRuntime()::halt);
    try {
      process.run(List.of(arguments));
    } catch (StopException e) {
      System.exit(e.status());
    }
  }
}
