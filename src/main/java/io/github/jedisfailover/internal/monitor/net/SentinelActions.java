package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.GlobalSettings;
import io.github.jedisfailover.internal.monitor.core.Login;
import io.github.jedisfailover.internal.monitor.core.MasterSettings;
import io.github.jedisfailover.internal.monitor.core.Period;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a monitor in a process of its own does besides the others: it runs scripts, its settings
 * change while it runs, and it can be told to crash. Keeps the settings for whoever connects.
 */
final class SentinelActions implements ActionSink {
  private final ActionSink rest;
  private final ScriptRunner scripts;
  private final HostLookups lookups;
  private final SentinelHost host;
  private final Map<String, MasterSettings> masters = new ConcurrentHashMap<>();
  private volatile GlobalSettings global = GlobalSettings.DEFAULT;

  /**
   * @param rest for everything that all monitors do
   */
  SentinelActions(ActionSink rest, ScriptRunner scripts, HostLookups lookups, SentinelHost host) {
    this.rest = rest;
    this.scripts = scripts;
    this.lookups = lookups;
    this.host = host;
  }

  GlobalSettings global() {
    return global;
  }

  /** Of the nodes of this master. */
  Login login(String master) {
    MasterSettings settings = masters.get(master);
    return settings == null ? Login.NONE : settings.login();
  }

  @Override
  public void carryOut(CoreAction action) {
    if (action instanceof CoreAction.UseSettings use) {
      masters.put(use.settings().name(), use.settings());
    } else if (action instanceof CoreAction.UseGlobals use) {
      global = use.global();
      host.showFrom(global.logLevel());
      scripts.times(
          use.periods().get(Period.SCRIPT_MAX_RUNTIME),
          use.periods().get(Period.SCRIPT_RETRY_DELAY));
    } else if (action instanceof CoreAction.Resolve resolve) {
      lookups.ask(resolve.host());
    } else if (action instanceof CoreAction.Crash crash) {
      host.crash(crash.status());
    } else {
      rest.carryOut(action);
      if (action instanceof CoreAction.Report report) {
        notifyScript(report);
      }
    }
  }

  /** As {@code sentinelEvent}: warnings about a master or something that belongs to one. */
  private void notifyScript(CoreAction.Report report) {
    MasterSettings settings = masters.get(report.masterName());
    if (report.level() == CoreAction.Level.WARNING && settings != null) {
      String script = settings.scripts().notification();
      if (!script.isEmpty()) {
        scripts.schedule(List.of(script, report.name(), report.payload()));
      }
    }
  }

  @Override
  public void store(PersistentState state) throws IOException {
    rest.store(state);
  }
}
