package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.PendingScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The text of the served INFO. */
final class InfoText {
  private static final List<String> SECTIONS =
      List.of("server", "clients", "stats", "cpu", "sentinel");
  private static final Set<String> ALL = Set.of("default", "all", "everything");

  private InfoText() {}

  static String of(Request request) {
    Set<String> asked = new TreeSet<>();
    request.from(1).forEach(s -> asked.add(s.toLowerCase(Locale.ROOT)));
    boolean all = asked.isEmpty() || asked.stream().anyMatch(ALL::contains);
    List<String> parts = new ArrayList<>();
    for (String section : SECTIONS) {
      if (all || asked.contains(section)) {
        parts.add(section(section, request.server()));
      }
    }
    return String.join("\r\n", parts);
  }

  private static String section(String name, ServerContext server) {
    return switch (name) {
      case "server" -> server(server.facts());
      case "clients" ->
          lines(
              "# Clients",
              "connected_clients:" + server.facts().clients(),
              "maxclients:" + server.facts().maxClients(),
              "blocked_clients:0");
      case "stats" ->
          lines(
              "# Stats",
              "total_connections_received:" + server.facts().connectionsReceived(),
              "total_commands_processed:" + server.facts().commandsProcessed(),
              "pubsub_channels:" + server.facts().channels(),
              "pubsub_patterns:" + server.facts().patterns());
      case "cpu" -> cpu(server.facts());
      default -> sentinel(server);
    };
  }

  private static String server(ServerFacts facts) {
    return lines(
        "# Server",
        "redis_version:" + GenericCommands.REDIS_VERSION,
        "redis_mode:sentinel",
        "process_id:" + facts.processId(),
        "run_id:" + facts.runId(),
        "tcp_port:" + facts.port(),
        "uptime_in_seconds:" + facts.uptimeSeconds(),
        "uptime_in_days:" + facts.uptimeSeconds() / 86_400);
  }

  private static String cpu(ServerFacts facts) {
    return lines(
        "# CPU",
        "used_cpu_sys:0.000000",
        String.format(Locale.ROOT, "used_cpu_user:%.6f", facts.cpuSeconds()));
  }

  private static String sentinel(ServerContext server) {
    CoreView view = server.view();
    List<PendingScript> scripts = server.scripts();
    List<String> lines = new ArrayList<>();
    lines.add("# Sentinel");
    lines.add("sentinel_masters:" + view.masters().size());
    lines.add("sentinel_tilt:" + (view.tilt() ? 1 : 0));
    lines.add("sentinel_tilt_since_seconds:" + (view.tilt() ? view.tiltMillis() / 1000 : -1));
    lines.add(
        "sentinel_running_scripts:" + scripts.stream().filter(PendingScript::running).count());
    lines.add("sentinel_scripts_queue_length:" + scripts.size());
    lines.add("sentinel_simulate_failure_flags:" + view.simulatedFailures());
    for (int i = 0; i < view.masters().size(); i++) {
      lines.add("master" + i + ":" + master(view.masters().get(i)));
    }
    return lines(lines.toArray(String[]::new));
  }

  private static String master(CoreView.Master master) {
    CoreView.Instance instance = master.instance();
    String status = "ok";
    if (instance.oDownMillis() >= 0) {
      status = "odown";
    } else if (instance.sDownMillis() >= 0) {
      status = "sdown";
    }
    return "name="
        + master.name()
        + ",status="
        + status
        + ",address="
        + instance.address()
        + ",slaves="
        + master.replicas().size()
        + ",sentinels="
        + (master.peers().size() + 1);
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }
}
