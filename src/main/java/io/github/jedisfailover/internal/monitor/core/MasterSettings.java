package io.github.jedisfailover.internal.monitor.core;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sentinel's settings of one master group; times in milliseconds.
 *
 * @param rebootDownAfterMillis {@code master-reboot-down-after-period}; 0: a master that loads its
 *     data is up
 * @param login for the master and its replicas
 * @param renamed commands that the nodes of this group know under another name; keys in lower case
 */
public record MasterSettings(
    String name,
    int quorum,
    long downAfterMillis,
    long failoverTimeoutMillis,
    int parallelSyncs,
    long rebootDownAfterMillis,
    Scripts scripts,
    Login login,
    Map<String, String> renamed) {
  /**
   * Programs to run; empty means none.
   *
   * @param notification {@code notification-script}
   * @param clientReconfig {@code client-reconfig-script}
   */
  public record Scripts(String notification, String clientReconfig) {
    public static final Scripts NONE = new Scripts("", "");
  }

  public MasterSettings {
    renamed = Map.copyOf(renamed);
  }

  /** Nothing set but what every group needs. */
  public MasterSettings(
      String name,
      int quorum,
      long downAfterMillis,
      long failoverTimeoutMillis,
      int parallelSyncs) {
    this(
        name,
        quorum,
        downAfterMillis,
        failoverTimeoutMillis,
        parallelSyncs,
        0,
        Scripts.NONE,
        Login.NONE,
        Map.of());
  }

  /** The name under which the nodes of this group know a command. */
  public String commandName(String command) {
    return renamed.getOrDefault(command.toLowerCase(Locale.ROOT), command);
  }

  public MasterSettings withQuorum(int n) {
    return new MasterSettings(
        name,
        n,
        downAfterMillis,
        failoverTimeoutMillis,
        parallelSyncs,
        rebootDownAfterMillis,
        scripts,
        login,
        renamed);
  }

  public MasterSettings withParallelSyncs(int n) {
    return new MasterSettings(
        name,
        quorum,
        downAfterMillis,
        failoverTimeoutMillis,
        n,
        rebootDownAfterMillis,
        scripts,
        login,
        renamed);
  }

  public MasterSettings withTimes(long downAfter, long failoverTimeout, long rebootDownAfter) {
    return new MasterSettings(
        name,
        quorum,
        downAfter,
        failoverTimeout,
        parallelSyncs,
        rebootDownAfter,
        scripts,
        login,
        renamed);
  }

  public MasterSettings withScripts(Scripts next) {
    return new MasterSettings(
        name,
        quorum,
        downAfterMillis,
        failoverTimeoutMillis,
        parallelSyncs,
        rebootDownAfterMillis,
        next,
        login,
        renamed);
  }

  public MasterSettings withLogin(Login next) {
    return new MasterSettings(
        name,
        quorum,
        downAfterMillis,
        failoverTimeoutMillis,
        parallelSyncs,
        rebootDownAfterMillis,
        scripts,
        next,
        renamed);
  }

  /** The same name again ends a renaming. */
  public MasterSettings withRenamed(String command, String to) {
    Map<String, String> next = new TreeMap<>(renamed);
    next.remove(command.toLowerCase(Locale.ROOT));
    if (!command.equalsIgnoreCase(to)) {
      next.put(command.toLowerCase(Locale.ROOT), to);
    }
    return new MasterSettings(
        name,
        quorum,
        downAfterMillis,
        failoverTimeoutMillis,
        parallelSyncs,
        rebootDownAfterMillis,
        scripts,
        login,
        next);
  }
}
