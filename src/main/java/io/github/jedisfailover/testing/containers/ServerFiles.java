package io.github.jedisfailover.testing.containers;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.Optional;

/**
 * The config files. The servers write to them what they become ({@code CONFIG REWRITE}), so a
 * container that is started again has the role that it had.
 */
final class ServerFiles {
  static final String NODE = "/data/redis.conf";
  static final String SENTINEL = "/data/sentinel.conf";

  private ServerFiles() {}

  /** A node's file; with a master, a replica's. The data survives a kill, as on a machine. */
  static String node(GroupSettings settings, NodeAddress own, Optional<NodeAddress> master) {
    StringBuilder text = new StringBuilder();
    text.append("port ").append(own.port()).append('\n');
    // Said, not left to be seen: an engine's NAT may change what the master sees.
    text.append("replica-announce-ip ").append(own.host()).append('\n');
    text.append("dir /data\nprotected-mode no\nappendonly yes\nsave \"\"\n");
    text.append("repl-diskless-sync-delay 0\n");
    settings
        .password()
        .map(ServerFiles::quoted)
        .ifPresent(p -> text.append("requirepass " + p + "\nmasterauth " + p + "\n"));
    master.ifPresent(m -> text.append("replicaof " + m.host() + " " + m.port() + "\n"));
    return text.toString();
  }

  /** A Sentinel's file. */
  static String sentinel(GroupSettings settings, NodeAddress own, NodeAddress master) {
    StringBuilder text = new StringBuilder();
    text.append("port ").append(own.port()).append('\n');
    text.append("sentinel announce-ip ").append(own.host()).append('\n');
    text.append("dir /data\nprotected-mode no\n");
    String name = settings.masterName();
    String where = master.host() + " " + master.port() + " " + settings.quorum();
    text.append("sentinel monitor " + name + " " + where + "\n");
    option(text, "down-after-milliseconds", name, settings.downAfter().toMillis());
    option(text, "failover-timeout", name, settings.failoverTimeout().toMillis());
    settings.password().ifPresent(p -> option(text, "auth-pass", name, quoted(p)));
    return text.toString();
  }

  private static void option(StringBuilder text, String option, String name, Object value) {
    text.append("sentinel " + option + " " + name + " " + value + "\n");
  }

  private static String quoted(String password) {
    return '"' + password.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
