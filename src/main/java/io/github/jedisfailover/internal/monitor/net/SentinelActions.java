package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.GlobalSettings;
import io.github.jedisfailover.internal.monitor.core.Login;
import io.github.jedisfailover.internal.monitor.core.MasterSettings;
import io.github.jedisfailover.internal.monitor.core.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What a monitor in a process of its own does besides the others: it runs scripts, its settings
 * change while it runs, and it can be told to crash. Keeps the settings for whoever connects.
 */
final class SentinelActions implements Consumer<CoreAction> {
  private final ScriptRunner scripts;
  private final HostLookups lookups;
  private final SentinelHost host;
  private final Map<String, MasterSettings> masters = new ConcurrentHashMap<>();
  private volatile GlobalSettings global = GlobalSettings.DEFAULT;

  SentinelActions(ScriptRunner scripts, HostLookups lookups, SentinelHost host) {
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

  /**
   * As the nodes of this master call a command; Sentinel says the same names to its peers. Where no
   * group is named, the command keeps its own name as long as one group knows it by that.
   */
  String commandName(String command, String master) {
    MasterSettings settings = masters.get(master);
    if (settings != null) {
      return settings.commandName(command);
    }
    List<String> names = masters.values().stream().map(m -> m.commandName(command)).toList();
    return names.isEmpty() || names.contains(command)
        ? command
        : names.stream().sorted().findFirst().orElseThrow();
  }

  /** The shortest patience with this master's nodes, or with any if it is not known. */
  long downAfterMillis(String master) {
    MasterSettings settings = masters.get(master);
    return settings != null
        ? settings.downAfterMillis()
        : masters.values().stream().mapToLong(MasterSettings::downAfterMillis).min().orElse(1_000);
  }

  @Override
  public void accept(CoreAction action) {
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
    } else if (action instanceof CoreAction.RunScript run) {
      List<String> command = new ArrayList<>(List.of(run.path()));
      command.addAll(run.arguments());
      scripts.schedule(command);
    } else if (action instanceof CoreAction.Crash crash) {
      host.crash(crash.status());
    }
  }
}
