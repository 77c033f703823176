package io.github.jedisfailover.internal.process;

import io.github.jedisfailover.internal.monitor.conf.CommandLine;
import io.github.jedisfailover.internal.monitor.conf.ConfException;
import io.github.jedisfailover.internal.monitor.conf.ConfReader;
import io.github.jedisfailover.internal.monitor.conf.ProcessSettings;
import io.github.jedisfailover.internal.monitor.conf.SentinelConf;
import io.github.jedisfailover.internal.monitor.core.CoreAction.Level;
import io.github.jedisfailover.internal.monitor.core.Departures;
import io.github.jedisfailover.internal.monitor.net.ConfFile;
import io.github.jedisfailover.internal.monitor.net.ConfSurroundings;
import io.github.jedisfailover.internal.monitor.net.DepartureSwitches;
import io.github.jedisfailover.internal.monitor.net.ListenException;
import io.github.jedisfailover.internal.monitor.net.SentinelHost;
import io.github.jedisfailover.internal.monitor.net.SentinelRuntime;
import io.github.jedisfailover.internal.monitor.tls.ProcessTls;
import io.github.jedisfailover.internal.monitor.tls.TlsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;

/** One run, from the arguments to the exit status, in the order and the words of Redis. */
final class SentinelProcess implements SentinelHost {
  /** Whose behaviour this is; tools read it. */
  static final String REDIS_VERSION = "7.0.15";

  /**
   * The variable of the environment that switches departures off. Not an option: a real Sentinel
   * would refuse its own file, or the command line that an operator gives to both.
   */
  static final String WITHOUT = "JEDIS_FAILOVER_WITHOUT";

  private static final int FAILED = 1;

  private final SentinelLog log;
  private final IntConsumer halt;
  private final Optional<String> without;
  private final CountDownLatch running = new CountDownLatch(1);

  /**
   * @param halt ends the process at once
   * @param without the departures from Sentinel's rules that are switched off
   */
  SentinelProcess(SentinelLog log, IntConsumer halt, Optional<String> without) {
    this.without = without;
    this.log = log;
    this.halt = halt;
  }

  /**
   * Never returns normally.
   *
   * @throws StopException with the exit status: 0 if it was told to end
   */
  void run(List<String> arguments) throws StopException {
    if (Usage.shown(arguments)) {
      throw new StopException(0);
    }
    CommandLine line = CommandLine.parse(arguments);
    Optional<ConfFile> named = line.file().map(file -> new ConfFile(Path.of(file)));
    SentinelConf conf = read(line, named);
    ProcessSettings settings = conf.process();
    log.showFrom(settings.loglevel());
    log.writeTo(settings.logfile().map(file -> directory(settings).resolve(file)));
    ConfFile file = writable(named);
    if (Daemon.left(settings)) {
      throw new StopException(0);
    }
    serve(conf, file);
    throw new StopException(0);
  }

  /** Until somebody ends it. */
  private void serve(SentinelConf conf, ConfFile file) throws StopException {
    ProcessSettings settings = conf.process();
    log(Level.WARNING, "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo");
    log(Level.WARNING, Usage.started());
    log(Level.WARNING, "Configuration loaded");
    Limits.warnings(settings).forEach(warning -> log(Level.WARNING, warning));
    OsSignals.on("HUP", signal -> {}); // as Redis: a terminal that closes ends no monitor
    OsSignals.on("TERM", this::endOnSignal);
    OsSignals.on("INT", this::endOnSignal);
    Optional<PidFile> pidFile = PidFile.of(settings, directory(settings));
    try (SentinelRuntime runtime = open(conf, file)) {
      pidFile.ifPresent(pid -> pid.write(this));
      start(runtime, conf);
      running.await();
      log(Level.WARNING, "User requested shutdown...");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pidFile.ifPresent(pid -> pid.remove(this));
    log(Level.WARNING, "Sentinel is now ready to exit, bye bye...");
  }

  private static Path directory(ProcessSettings settings) {
    return Path.of(settings.dir().orElse("")).toAbsolutePath();
  }

  private SentinelConf read(CommandLine line, Optional<ConfFile> file) throws StopException {
    try {
      String text = file.isPresent() ? text(file.get()) : "";
      if (line.standardInput()) {
        text += "\n" + new String(System.in.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
      return ConfReader.read(text, line.overrides(), new ConfSurroundings(Path.of("")));
    } catch (ConfException e) {
      System.err.print(e.render(REDIS_VERSION));
    } catch (IOException e) {
      log(Level.WARNING, "Fatal error, can't read the configuration: " + e.getMessage());
    }
    throw new StopException(FAILED);
  }

  private String text(ConfFile file) throws StopException {
    try {
      return file.read();
    } catch (IOException e) {
      log(Level.WARNING, "Fatal error, can't open config file '" + file.path() + "': " + reason(e));
      throw new StopException(FAILED);
    }
  }

  /** The system's words, which Java replaces by types. */
  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    return e instanceof AccessDeniedException ? "Permission denied" : e.getMessage();
  }

  private ConfFile writable(Optional<ConfFile> file) throws StopException {
    if (file.isEmpty()) {
      log(Level.WARNING, "Sentinel needs config file on disk to save state. Exiting...");
      throw new StopException(FAILED);
    }
    if (!file.get().writable()) {
      log(
          Level.WARNING,
          "Sentinel config file "
              + file.get().path()
              + " is not writable: Permission denied. Exiting...");
      throw new StopException(FAILED);
    }
    return file.get();
  }

  private SentinelRuntime open(SentinelConf conf, ConfFile file) throws StopException {
    Departures departures = departures();
    try {
      ProcessTls tls = ProcessTls.of(conf.process());
      if (conf.process().anyPort() == 0) {
        log(Level.WARNING, "Configured to not listen anywhere, exiting.");
        throw new StopException(FAILED);
      }
      return SentinelRuntime.open(conf, file.path(), this, tls, departures);
    } catch (TlsException e) {
      log(Level.WARNING, e.getMessage());
      log(Level.WARNING, "Failed to configure TLS. Check logs for more info.");
      throw new StopException(FAILED);
    } catch (ListenException e) {
      log(Level.WARNING, "Warning: Could not create server TCP listening socket " + e.getMessage());
      log(Level.WARNING, "Failed listening on port " + e.port() + ", aborting.");
      throw new StopException(FAILED);
    } catch (IllegalStateException e) {
      log(Level.WARNING, e.getMessage() + ". Exiting...");
      throw new StopException(FAILED);
    }
  }

  private Departures departures() throws StopException {
    try {
      Departures departures = DepartureSwitches.without(without.orElse(""));
      if (!departures.equals(Departures.ALL)) {
        log(Level.NOTICE, "Sentinel's own rules instead of: " + without.orElse(""));
      }
      return departures;
    } catch (IllegalArgumentException e) {
      log(Level.WARNING, WITHOUT + " " + e.getMessage() + ". Exiting...");
      throw new StopException(FAILED);
    }
  }

  private void start(SentinelRuntime runtime, SentinelConf conf) {
    log(Level.NOTICE, "Running mode=sentinel, port=" + conf.process().anyPort() + ".");
    if (conf.global().myId().isEmpty()) {
      try {
        runtime.save();
      } catch (IOException e) {
        // The runtime has logged it. As Sentinel, the monitor runs on and tries again.
        log(Level.DEBUG, "running without a stored identity: " + e.getMessage());
      }
    }
    log(Level.WARNING, "Sentinel ID is " + runtime.myId());
    runtime.start();
  }

  private void endOnSignal(String name) {
    log.writeFromSignal("Received SIG" + name + " scheduling shutdown...");
    end();
  }

  @Override
  public void end() {
    running.countDown();
  }

  @Override
  public void log(Level level, String text) {
    log.write(level, text);
  }

  @Override
  public void showFrom(String name) {
    log.showFrom(name);
  }

  @Override
  public void crash(int status) {
    log(Level.WARNING, "Simulated failure: the process ends with status " + status);
    halt.accept(status);
  }
}
