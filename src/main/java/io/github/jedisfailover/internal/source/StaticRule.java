package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.core.InfoReport;
import io.github.jedisfailover.internal.monitor.net.BootRule;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is the master among nodes that nobody monitors; pure. */
final class StaticRule {
  private StaticRule() {}

  /**
   * What is believed so far.
   *
   * @param master {@code null} if nothing is
   * @param history its {@code master_replid}
   */
  record Known(NodeAddress master, String history) {
    static final Known NOTHING = new Known(null, "");
  }

  /**
   * The master stays as long as it calls itself one, whoever else does: the other may be an old
   * master that came back. Without its word another one is followed only if it goes on from the
   * master's history, as a promoted replica does; a node that was started empty does not.
   *
   * @param answers of the nodes that answered
   */
  static Known believe(Map<NodeAddress, NodeWord> answers, Known known) {
    if (known.master() == null) {
      return first(answers);
    }
    NodeWord own = answers.get(known.master());
    if (own != null && own.master()) {
      return new Known(known.master(), own.history());
    }
    List<NodeAddress> heirs =
        answers.entrySet().stream()
            .filter(e -> e.getValue().master())
            .filter(e -> e.getValue().descendsFrom(known.history()))
            .map(Map.Entry::getKey)
            .toList();
    if (heirs.size() != 1) {
      return known;
    }
    return new Known(heirs.get(0), answers.get(heirs.get(0)).history());
  }

  private static Known first(Map<NodeAddress, NodeWord> answers) {
    return Optional.ofNullable(decide(answers).master())
        .filter(m -> answers.containsKey(m) && answers.get(m).master())
        .map(m -> new Known(m, answers.get(m).history()))
        .orElse(Known.NOTHING);
  }

  private static BootRule.Decision decide(Map<NodeAddress, NodeWord> answers) {
    Map<NodeAddress, InfoReport> reports = new HashMap<>();
    answers.forEach((node, word) -> reports.put(node, word.info()));
    return BootRule.decide(reports);
  }

  /** What people should look at; empty if nothing. */
  static String trouble(Map<NodeAddress, NodeWord> answers, Known known) {
    if (known.master() == null) {
      BootRule.Decision decision = decide(answers);
      return decision.master() == null
          ? "no master is known: " + decision.reason()
          : "no master is known: " + decision.master() + " should be it, and does not say so";
    }
    List<NodeAddress> others =
        answers.keySet().stream()
            .filter(n -> !n.equals(known.master()) && answers.get(n).master())
            .sorted()
            .toList();
    return others.isEmpty()
        ? ""
        : "the master is " + known.master() + ", but there are others that say so too: " + others;
  }

  /**
   * Whether a node that is to follow a new master loses nothing by it that is not a copy anyway: a
   * replica of the group, or an empty node. What else stands in the list by mistake keeps its data.
   *
   * @param former histories of the group, one of which its copies have
   */
  static boolean isCopy(NodeWord word, List<NodeAddress> nodes, Set<String> former) {
    if (word.master()) {
      return word.info().data().keys() == 0;
    }
    return nodes.contains(word.info().masterAddress()) || former.contains(word.history());
  }

  /** Reads go on from copies of the master's history while it is down. */
  static List<NodeView> views(
      List<NodeAddress> nodes, Map<NodeAddress, NodeWord> answers, Known known) {
    List<NodeView> views = new ArrayList<>();
    NodeWord own = known.master() == null ? null : answers.get(known.master());
    boolean masterLives = own != null && own.master();
    for (NodeAddress node : nodes) {
      NodeWord word = answers.get(node);
      if (node.equals(known.master())) {
        if (own == null || own.master()) {
          views.add(new NodeView(node, NodeRole.MASTER, own != null, true, false));
        }
      } else if (word == null) {
        views.add(new NodeView(node, NodeRole.REPLICA, false, false, false));
      } else if (!word.master()) {
        boolean copy = known.history().equals(word.history());
        boolean linked = copy && (word.info().linkUp() || !masterLives);
        views.add(new NodeView(node, NodeRole.REPLICA, true, linked, word.info().syncing()));
      }
    }
    return views;
  }
}
