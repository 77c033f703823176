package io.github.jedisfailover.internal.monitor.conf;

import io.github.jedisfailover.internal.monitor.core.Login;
import io.github.jedisfailover.internal.monitor.core.MasterSettings;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Between a config file and the state of a monitor that has no other configuration. */
public final class SentinelState {
  private SentinelState() {}

  /**
   * All that the file says.
   *
   * @param myId used if the file has none yet
   * @throws IllegalArgumentException if a master has port 0
   */
  public static PersistentState of(SentinelConf conf, String myId) {
    GlobalSettings global = conf.global();
    String id = global.myId().orElse(myId);
    PersistentState facts =
        StoredFacts.of(conf.withGlobal(global.with(id, global.currentEpoch()))).orElseThrow();
    List<PersistentState.Group> groups =
        facts.groups().stream()
            .map(group -> with(group, settings(conf.master(group.name()).orElseThrow())))
            .toList();
    return new PersistentState(id, facts.currentEpoch(), groups, global(conf));
  }

  private static PersistentState.Group with(PersistentState.Group group, MasterSettings settings) {
    return new PersistentState.Group(
        group.name(),
        group.master(),
        group.configEpoch(),
        group.leaderEpoch(),
        group.replicas(),
        group.peers(),
        Optional.of(settings));
  }

  private static MasterSettings settings(MasterConf master) {
    MasterConf.Options options = master.options();
    MasterSettings settings =
        StoredFacts.settings(master)
            .withTimes(
                options.downAfterMillis(),
                options.failoverTimeoutMillis(),
                options.rebootDownAfterMillis())
            .withScripts(
                new MasterSettings.Scripts(
                    options.notificationScript().orElse(""), options.reconfigScript().orElse("")))
            .withLogin(new Login(options.authUser().orElse(""), options.authPass().orElse("")));
    for (Map.Entry<String, String> renamed : options.renamedCommands().entrySet()) {
      settings = settings.withRenamed(renamed.getKey(), renamed.getValue());
    }
    return settings;
  }

  private static io.github.jedisfailover.internal.monitor.core.GlobalSettings global(
      SentinelConf conf) {
    GlobalSettings global = conf.global();
    return new io.github.jedisfailover.internal.monitor.core.GlobalSettings(
        global.resolveHostnames(),
        global.announceHostnames(),
        global.announceIp().orElse(""),
        global.announcePort(),
        new Login(global.sentinelUser().orElse(""), global.sentinelPass().orElse("")),
        global.denyScriptsReconfig(),
        conf.process().loglevel());
  }

  /** The file's content with this state, which names all masters that are still monitored. */
  public static SentinelConf with(SentinelConf conf, PersistentState state) {
    List<MasterConf> masters = new ArrayList<>();
    for (MasterConf master : conf.masters()) {
      state.group(master.name()).ifPresent(group -> masters.add(with(master, group)));
    }
    for (PersistentState.Group group : state.groups()) {
      if (conf.master(group.name()).isEmpty()) {
        masters.add(with(added(group), group));
      }
    }
    SentinelConf settled =
        conf.withMasters(masters)
            .withGlobal(global(conf.global(), state.global()))
            .withProcess(conf.process().with("loglevel", List.of(state.global().logLevel())));
    return StoredFacts.with(settled, state);
  }

  private static MasterConf added(PersistentState.Group group) {
    NodeAddress master = group.master();
    return MasterConf.monitor(group.name(), ConfAddress.of(master.host(), master.port()), 1);
  }

  private static MasterConf with(MasterConf master, PersistentState.Group group) {
    return group.settings().map(s -> master.withOptions(options(master, s))).orElse(master);
  }

  private static MasterConf.Options options(MasterConf master, MasterSettings settings) {
    return new MasterConf.Options(
        settings.quorum(),
        settings.downAfterMillis(),
        settings.failoverTimeoutMillis(),
        settings.parallelSyncs(),
        given(settings.scripts().notification()),
        given(settings.scripts().clientReconfig()),
        given(settings.login().password()),
        given(settings.login().user()),
        settings.rebootDownAfterMillis(),
        renamed(master.options().renamedCommands(), settings.renamed()));
  }

  /** In the file's order and spelling, as far as it has them. */
  private static Map<String, String> renamed(Map<String, String> old, Map<String, String> now) {
    Map<String, String> left = new TreeMap<>(now);
    Map<String, String> all = new LinkedHashMap<>();
    old.keySet()
        .forEach(
            name -> Optional.ofNullable(left.remove(lower(name))).ifPresent(n -> all.put(name, n)));
    all.putAll(left);
    return all;
  }

  private static GlobalSettings global(
      GlobalSettings old, io.github.jedisfailover.internal.monitor.core.GlobalSettings now) {
    return new GlobalSettings(
        old.myId(),
        old.currentEpoch(),
        given(now.announceIp()),
        now.announcePort(),
        now.denyScriptsReconfig(),
        now.resolveHostnames(),
        now.announceHostnames(),
        given(now.login().user()),
        given(now.login().password()));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
