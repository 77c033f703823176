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

  /** The rest of the section in Redis' order. */
  private static final String[] STATS =
      """
      instantaneous_ops_per_sec total_net_input_bytes total_net_output_bytes
      total_net_repl_input_bytes total_net_repl_output_bytes instantaneous_input_kbps
      instantaneous_output_kbps instantaneous_input_repl_kbps instantaneous_output_repl_kbps
      rejected_connections sync_full sync_partial_ok sync_partial_err expired_keys
      expired_stale_perc expired_time_cap_reached_count expire_cycle_cpu_milliseconds evicted_keys
      evicted_clients total_eviction_exceeded_time current_eviction_exceeded_time keyspace_hits
      keyspace_misses pubsub_channels pubsub_patterns pubsubshard_channels latest_fork_usec
      total_forks migrate_cached_sockets slave_expires_tracked_keys active_defrag_hits
      active_defrag_misses active_defrag_key_hits active_defrag_key_misses
      total_active_defrag_time current_active_defrag_time tracking_total_keys tracking_total_items
      tracking_total_prefixes unexpected_error_replies total_error_replies
      dump_payload_sanitizations total_reads_processed total_writes_processed
      io_threaded_reads_processed io_threaded_writes_processed reply_buffer_shrinks
      reply_buffer_expands
      """
          .split("\\s+");

  private static final Set<String> FRACTIONS =
      Set.of(
          "instantaneous_input_kbps",
          "instantaneous_output_kbps",
          "instantaneous_input_repl_kbps",
          "instantaneous_output_repl_kbps",
          "expired_stale_perc");
  private static final long LRU_MASK = (1 << 24) - 1;

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
              "cluster_connections:0",
              "maxclients:" + server.facts().maxClients(),
              "client_recent_max_input_buffer:0",
              "client_recent_max_output_buffer:0",
              "blocked_clients:0",
              "tracking_clients:0",
              "clients_in_timeout_table:0");
      case "stats" -> stats(server.facts());
      case "cpu" -> cpu(server.facts());
      default -> sentinel(server);
    };
  }

  private static String server(ServerFacts facts) {
    return lines(
        "# Server",
        "redis_version:" + GenericCommands.REDIS_VERSION,
        "redis_git_sha1:00000000",
        "redis_git_dirty:0",
        "redis_build_id:0",
        "redis_mode:sentinel",
        "os:" + facts.os(),
        "arch_bits:64",
        "monotonic_clock:java",
        "multiplexing_api:threads",
        "atomicvar_api:java",
        "gcc_version:0.0.0",
        "process_id:" + facts.processId(),
        "process_supervised:no",
        "run_id:" + facts.runId(),
        "tcp_port:" + facts.port(),
        "server_time_usec:" + facts.wallMicros(),
        "uptime_in_seconds:" + facts.uptimeSeconds(),
        "uptime_in_days:" + facts.uptimeSeconds() / 86_400,
        "hz:10",
        "configured_hz:10",
        "lru_clock:" + (facts.wallMicros() / 1_000_000 & LRU_MASK),
        "executable:" + facts.executable(),
        "config_file:" + facts.configFile(),
        "io_threads_active:0");
  }

  /** What only a server with keys can count is 0, as in a real Sentinel. */
  private static String stats(ServerFacts facts) {
    List<String> lines = new ArrayList<>();
    lines.add("# Stats");
    lines.add("total_connections_received:" + facts.connectionsReceived());
    lines.add("total_commands_processed:" + facts.commandsProcessed());
    for (String field : STATS) {
      lines.add(
          switch (field) {
            case "rejected_connections" -> field + ":" + facts.rejected();
            case "pubsub_channels" -> field + ":" + facts.channels();
            case "pubsub_patterns" -> field + ":" + facts.patterns();
            default -> field + (FRACTIONS.contains(field) ? ":0.00" : ":0");
          });
    }
    return lines(lines.toArray(String[]::new));
  }

  private static String cpu(ServerFacts facts) {
    return lines(
        "# CPU",
        "used_cpu_sys:0.000000",
        String.format(Locale.ROOT, "used_cpu_user:%.6f", facts.cpuSeconds()),
        "used_cpu_sys_children:0.000000",
        "used_cpu_user_children:0.000000",
        "used_cpu_sys_main_thread:0.000000",
        "used_cpu_user_main_thread:0.000000");
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
