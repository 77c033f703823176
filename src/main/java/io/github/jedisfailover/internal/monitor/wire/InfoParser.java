package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.core.InfoReport;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the text of INFO as Sentinel does. One object per text. */
public final class InfoParser {
  private static final int MAX_REPLICAS = 1000;

  private final List<NodeAddress> replicas = new ArrayList<>();
  private final boolean newForm;
  private String runId = "";
  private boolean master;
  private boolean replica;
  private String masterHost;
  private String masterPort;
  private boolean linkUp;
  private boolean syncing;
  private long linkDownSeconds;
  private int priority = 100;
  private long masterOffset;
  private long replicaOffset;
  private boolean announced = true;
  private String history = "";
  private long keys = -1;
  private boolean loading;

  private InfoParser(boolean newForm) {
    this.newForm = newForm;
  }

  /** Never fails: what cannot be read counts as absent. */
  public static InfoReport parse(String text) {
    InfoParser parser = new InfoParser(text.contains("ip="));
    text.lines().forEach(parser::line);
    return parser.report(text);
  }

  private InfoReport report(String text) {
    NodeAddress address = null;
    if (!master && masterHost != null && masterPort != null) {
      address = Addresses.of(masterHost, masterPort).orElse(null);
    }
    return new InfoReport(
        runId,
        master,
        replicas,
        address,
        linkUp,
        syncing,
        linkDownSeconds,
        priority,
        master ? masterOffset : replicaOffset,
        announced,
        text,
        new InfoReport.Data(history, keys, loading));
  }

  private void line(String line) {
    if (line.startsWith("run_id:") && line.length() >= 47) {
      runId = line.substring(7, 47);
    } else if (line.startsWith("slave") && line.length() > 7 && isDigit(line.charAt(5))) {
      replicaLine(line).filter(r -> replicas.size() < MAX_REPLICAS).ifPresent(replicas::add);
    } else if (line.startsWith("role:master")) {
      master = true;
      replica = false;
    } else if (line.startsWith("role:slave")) {
      replica = true;
      master = false;
    } else if (line.startsWith("master_link_down_since_seconds:")) {
      linkDownSeconds = number(value(line), 0);
    } else if (line.startsWith("master_replid:")) {
      history = value(line);
    } else if (line.startsWith("loading:")) {
      loading = value(line).startsWith("1");
    } else if (line.startsWith("# Keyspace")) {
      keys = Math.max(0, keys);
    } else if (line.startsWith("db") && line.contains(":keys=")) {
      String count = line.substring(line.indexOf(":keys=") + 6).split(",", 2)[0];
      keys = Math.max(0, keys) + number(count, 0);
    } else if (line.startsWith("master_repl_offset:")) {
      masterOffset = number(value(line), 0);
    } else if (replica) {
      fieldOfReplica(line);
    }
  }

  /** As in Sentinel these count only after {@code role:slave}. */
  private void fieldOfReplica(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return;
    }
    switch (line.substring(0, colon)) {
      case "master_host" -> masterHost = value(line);
      case "master_port" -> masterPort = value(line);
      case "master_link_status" -> linkUp = value(line).toLowerCase(Locale.ROOT).equals("up");
      case "master_sync_in_progress" -> syncing = value(line).equals("1");
      case "slave_priority" ->
          priority = (int) Math.min(Integer.MAX_VALUE, Math.max(0, number(value(line), 100)));
      case "slave_repl_offset" -> replicaOffset = number(value(line), 0);
      case "replica_announced" -> announced = number(value(line), 1) != 0;
      default -> {
        // the rest of INFO does not concern a Sentinel
      }
    }
  }

  private Optional<NodeAddress> replicaLine(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String[] part = line.substring(colon + 1).split(",");
    if (!newForm) {
      return part.length < 3 ? Optional.empty() : Addresses.of(part[0], part[1]);
    }
    String host = null;
    String port = null;
    for (String p : part) {
      if (p.startsWith("ip=")) {
        host = p.substring(3);
      } else if (p.startsWith("port=")) {
        port = p.substring(5);
      }
    }
    return host == null || port == null ? Optional.empty() : Addresses.of(host, port);
  }

  private static String value(String line) {
    return line.substring(line.indexOf(':') + 1);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static long number(String text, long otherwise) {
    try {
      return Long.parseLong(text.trim());
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
