package io.github.jedisfailover.internal.process;

import java.util.List;
import java.util.Optional;
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
    SentinelProcess process =
        new SentinelProcess(
            log,
            Runtime.getRuntime()::halt,
            Optional.ofNullable(System.getenv(SentinelProcess.WITHOUT)));
    try {
      process.run(List.of(arguments));
    } catch (StopException e) {
      System.exit(e.status());
    }
  }
}
