package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What static nodes said last, and what they are to do. Guarded by its owner; no I/O. */
final class StaticBoard {
  private final Map<NodeAddress, NodeWord> answers = new HashMap<>();
  private final Set<NodeAddress> asked = new HashSet<>();

  /** Since a promotion: who has to follow the master, and does not say so yet. */
  private final Set<NodeAddress> followers = new HashSet<>();

  private final Set<String> histories = new HashSet<>();
  private NodeAddress demoted;
  private long turn;
  private List<NodeAddress> nodes;
  private StaticRule.Known known = StaticRule.Known.NOTHING;
  private TopologySnapshot offered = TopologySnapshot.UNKNOWN;

  StaticBoard(List<NodeAddress> nodes) {
    this.nodes = nodes;
  }

  List<NodeAddress> nodes() {
    return nodes;
  }

  boolean isNode(NodeAddress node) {
    return nodes.contains(node);
  }

  StaticRule.Known known() {
    return known;
  }

  /** Changes with the group and its master: what was said in an earlier one counts no more. */
  long turn() {
    return turn;
  }

  /** What people should look at; empty if nothing, or before all nodes were asked once. */
  String trouble() {
    return asked.containsAll(nodes) ? StaticRule.trouble(answers, known) : "";
  }

  /** The master stays if it is among them. */
  void nodes(List<NodeAddress> others) {
    turn++;
    nodes = List.copyOf(others);
    answers.keySet().retainAll(nodes);
    asked.retainAll(nodes);
    followers.retainAll(nodes);
    if (known.master() != null && !nodes.contains(known.master())) {
      known = StaticRule.Known.NOTHING;
    }
  }

  /**
   * @param asking the turn when the node was asked
   * @return what is to be offered; empty if nothing changed, or before all nodes were asked once:
   *     several may call themselves a master
   */
  Optional<TopologySnapshot> told(NodeAddress node, Optional<NodeWord> word, long asking) {
    if (asking != turn || !nodes.contains(node)) {
      return Optional.empty();
    }
    asked.add(node);
    answers.remove(node);
    word.ifPresent(w -> answers.put(node, w));
    return asked.containsAll(nodes) ? offer() : Optional.empty();
  }

  private Optional<TopologySnapshot> offer() {
    known = StaticRule.believe(answers, known);
    List<NodeView> views = StaticRule.views(nodes, answers, known);
    if (views.equals(offered.nodes())) {
      return Optional.empty();
    }
    long sequence = offered.version().sequence() + 1;
    offered = new TopologySnapshot(new TopologySnapshot.Version(0, sequence), views);
    return Optional.of(offered);
  }

  /**
   * @param before what was believed when the promotion began; another look may have seen it since
   * @param word what it says now; empty if it does not answer
   * @param demoteOld whether the old master has to follow too
   * @return empty also if it is no node of the group any more
   */
  Optional<TopologySnapshot> promoted(
      NodeAddress target, StaticRule.Known before, Optional<NodeWord> word, boolean demoteOld) {
    if (!nodes.contains(target)) {
      return Optional.empty();
    }
    turn++;
    NodeAddress old = before.master();
    Optional<NodeWord> master = word.filter(NodeWord::master);
    histories.clear();
    histories.add(before.history());
    master.ifPresent(w -> histories.add(w.formerHistory()));
    histories.remove("");
    demoted = demoteOld ? old : null;
    followers.clear();
    followers.addAll(nodes);
    followers.remove(target);
    if (!demoteOld) {
      followers.remove(old);
    }
    answers.remove(old); // what they said before counts no more
    answers.remove(target);
    known = new StaticRule.Known(target, master.map(NodeWord::history).orElse(""));
    master.ifPresent(w -> answers.put(target, w));
    return offer();
  }

  /** The master that this node has to be told to follow. */
  Optional<NodeAddress> wantedMaster(NodeAddress node) {
    NodeWord word = answers.get(node);
    if (word == null || !followers.contains(node)) {
      return Optional.empty();
    }
    if (!node.equals(demoted) && !StaticRule.isCopy(word, nodes, histories)) {
      return Optional.empty();
    }
    boolean follows = !word.master() && known.master().equals(word.info().masterAddress());
    boolean copies = !word.master() && known.history().equals(word.history());
    if (copies) {
      followers.remove(node); // it arrived; what somebody does with it from here on is meant
    }
    return follows || copies ? Optional.empty() : Optional.of(known.master());
  }
}
