package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.internal.doctor.Doctor;
import io.github.jedisfailover.internal.doctor.Facts;
import io.github.jedisfailover.internal.doctor.Finding;
import io.github.jedisfailover.internal.doctor.MonitorFacts;
import io.github.jedisfailover.internal.doctor.NodeFacts;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The status as people read it. */
final class StatusText {
  private static final String UNKNOWN = "-";

  private StatusText() {}

  static List<String> lines(Facts facts, Terminal terminal) {
    List<String> lines = new ArrayList<>();
    lines.add(headline(facts, terminal));
    lines.add("");
    addTable(lines, nodes(facts), terminal);
    if (!facts.monitors().isEmpty()) {
      lines.add("");
      addTable(lines, monitors(facts), terminal);
    }
    List<Finding> wrong = Doctor.acute(facts);
    if (!wrong.isEmpty()) {
      lines.add("");
    }
    wrong.forEach(
        f ->
            lines.add(
                terminal.bad(
                    Wrapped.text("! " + String.join(", ", f.where()) + " " + f.what(), "", "  "))));
    return lines;
  }

  private static String headline(Facts facts, Terminal terminal) {
    StringBuilder line = new StringBuilder(facts.group()).append(": ");
    line.append(
        facts
            .master()
            .map(m -> terminal.good("master " + m.address()))
            .orElse(terminal.bad("no master")));
    if (facts.epoch() >= 0) {
      line.append(", epoch ").append(facts.epoch());
    }
    if (!facts.monitors().isEmpty()) {
      long agree =
          facts.watching().stream()
              .filter(m -> m.masterAddress().equals(facts.named()) && m.opinion().equals("up"))
              .count();
      line.append(", ").append(agree).append(" of ").append(facts.monitors().size());
      line.append(" monitors see it up");
    }
    return line.toString();
  }

  private static void addTable(List<String> lines, Table table, Terminal terminal) {
    List<String> rows = table.lines();
    lines.add(terminal.strong(rows.get(0)));
    lines.addAll(rows.subList(1, rows.size()));
  }

  private static Table nodes(Facts facts) {
    Table table =
        new Table(3, "NODE", "ROLE", "LINK", "BEHIND", "LAG", "PRIORITY", "OFFSET", "VERSION");
    for (NodeFacts node : facts.nodes()) {
      String name = node.address().toString();
      if (!node.answered()) {
        table.row(name, "silent: " + node.problem());
      } else if (node.master()) {
        boolean stray = facts.master().filter(m -> m != node).isPresent();
        table.row(
            name,
            stray ? "master?" : "master",
            UNKNOWN,
            UNKNOWN,
            UNKNOWN,
            UNKNOWN,
            "" + node.offset(),
            node.version());
      } else {
        table.row(
            name,
            "replica",
            link(node),
            known(facts.lagBytes(node), " B"),
            known(facts.lagSeconds(node), " s"),
            node.info("slave_priority"),
            "" + node.offset(),
            node.version());
      }
    }
    return table;
  }

  static String link(NodeFacts replica) {
    boolean syncing = replica.info("master_sync_in_progress").equals("1");
    return syncing ? "sync" : replica.linkUp() ? "up" : "down";
  }

  private static String known(OptionalLong number, String unit) {
    return number.isPresent() ? number.getAsLong() + unit : UNKNOWN;
  }

  private static Table monitors(Facts facts) {
    Table table = new Table(3, "MONITOR", "ITS MASTER", "SAYS", "EPOCH", "QUORUM", "OF");
    for (MonitorFacts monitor : facts.monitors()) {
      String name = monitor.address().toString();
      if (!monitor.answered()) {
        table.row(name, "silent: " + monitor.problem());
      } else if (!monitor.knowsGroup()) {
        table.row(name, "does not watch " + facts.group());
      } else {
        table.row(
            name,
            monitor.masterAddress().map(NodeAddress::toString).orElse(UNKNOWN),
            monitor.opinion() + (monitor.tilt() ? ", tilt" : ""),
            monitor.field("config-epoch"),
            monitor.field("quorum"),
            "" + monitor.monitors());
      }
    }
    return table;
  }
}
