package io.github.jedisfailover.internal.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** SLF4J on the process' log; named in the stand-alone jar's service file only. */
public final class SentinelLogProvider implements SLF4JServiceProvider {
  private final Loggers loggers = new Loggers(SentinelLog.ofThisProcess());
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter contexts = new NOPMDCAdapter();

  /** All write to one log. */
  static final class Loggers implements ILoggerFactory {
    private final SentinelLog log;
    private final Map<String, Logger> byName = new ConcurrentHashMap<>();

    Loggers(SentinelLog log) {
      this.log = log;
    }

    SentinelLog log() {
      return log;
    }

    @Override
    public Logger getLogger(String name) {
      return byName.computeIfAbsent(name, n -> new SentinelLogger(n, log));
    }
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return contexts;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {
    // everything is made with the object
  }
}
