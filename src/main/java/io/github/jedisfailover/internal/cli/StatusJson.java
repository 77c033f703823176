package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.internal.doctor.Doctor;
import io.github.jedisfailover.internal.doctor.Facts;
import io.github.jedisfailover.internal.doctor.Finding;
import io.github.jedisfailover.internal.doctor.MonitorFacts;
import io.github.jedisfailover.internal.doctor.NodeFacts;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The status as scripts read it; what is unknown is null. */
final class StatusJson {
  private StatusJson() {}

  static Map<String, Object> of(Facts facts) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("command", "status");
    all.put("group", facts.group());
    all.put("status", StatusCommand.exit(facts));
    all.put("master", text(facts.master().map(NodeFacts::address)));
    all.put("epoch", facts.epoch() < 0 ? null : facts.epoch());
    all.put("nodes", facts.nodes().stream().map(n -> node(facts, n)).toList());
    all.put("monitors", facts.monitors().stream().map(StatusJson::monitor).toList());
    all.put("wrong", findings(Doctor.acute(facts)));
    return all;
  }

  private static Map<String, Object> node(Facts facts, NodeFacts node) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("address", node.address().toString());
    one.put("answered", node.answered());
    if (!node.answered()) {
      one.put("problem", node.problem());
      return one;
    }
    one.put("role", node.master() ? "master" : "replica");
    one.put("version", node.version());
    one.put("offset", node.offset());
    if (node.replica()) {
      one.put("follows", text(node.of()));
      one.put("link", StatusText.link(node));
      one.put("lagBytes", number(facts.lagBytes(node)));
      one.put("lagSeconds", number(facts.lagSeconds(node)));
      one.put("priority", Integer.parseInt(node.info("slave_priority")));
    }
    return one;
  }

  private static Map<String, Object> monitor(MonitorFacts monitor) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("address", monitor.address().toString());
    one.put("answered", monitor.answered());
    if (!monitor.answered()) {
      one.put("problem", monitor.problem());
      return one;
    }
    one.put("watches", monitor.knowsGroup());
    if (monitor.knowsGroup()) {
      one.put("master", text(monitor.masterAddress()));
      one.put("opinion", monitor.opinion());
      one.put("epoch", monitor.number("config-epoch"));
      one.put("quorum", monitor.number("quorum"));
      one.put("monitors", monitor.monitors());
      one.put("tilt", monitor.tilt());
    }
    return one;
  }

  static List<Map<String, Object>> findings(List<Finding> findings) {
    return findings.stream().map(StatusJson::finding).toList();
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("rule", finding.rule().code());
    one.put("severity", finding.severity().word());
    one.put("where", finding.where());
    one.put("what", finding.what());
    one.put("mend", finding.mend());
    return one;
  }

  private static String text(Optional<NodeAddress> address) {
    return address.map(NodeAddress::toString).orElse(null);
  }

  private static Long number(OptionalLong number) {
    return number.isPresent() ? (Long) number.getAsLong() : null;
  }
}
