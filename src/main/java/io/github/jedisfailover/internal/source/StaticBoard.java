package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.ArrayList;
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

  /** The master stays if it is among them. */
  void nodes(List<NodeAddress> others) {
    nodes = List.copyOf(others);
    answers.keySet().retainAll(nodes);
    asked.retainAll(nodes);
    followers.retainAll(nodes);
    if (!nodes.contains(known.master())) {
      known = StaticRule.Known.NOTHING;
    }
  }

  /**
   * @return what is to be offered; empty if nothing changed, or before all nodes were asked once:
   *     several may call themselves a master
   */
  Optional<TopologySnapshot> told(NodeAddress node, Optional<NodeWord> word) {
    if (!nodes.contains(node)) {
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
   * @param demoteOld whether the old master has to follow too
   */
  Optional<TopologySnapshot> promoted(
      NodeAddress target, Optional<NodeWord> word, boolean demoteOld) {
    NodeAddress old = known.master();
    followers.clear();
    followers.addAll(nodes);
    followers.remove(target);
    if (!demoteOld) {
      followers.remove(old);
    }
    answers.remove(old); // what it said before counts no more
    known = new StaticRule.Known(target, word.map(NodeWord::history).orElse(""));
    word.ifPresent(w -> answers.put(target, w));
    return offer();
  }

  /** Who says another thing than is believed. */
  List<Opinions.Dissent> dissents() {
    List<Opinions.Dissent> dissents = new ArrayList<>();
    for (NodeAddress node : nodes) {
      NodeWord word = answers.get(node);
      if (word == null || known.master() == null) {
        continue;
      }
      NodeAddress copied = word.info().masterAddress();
      if (node.equals(known.master())) {
        if (!word.master()) {
          dissents.add(new Opinions.Dissent(node.toString(), "says it is a replica"));
        }
      } else if (word.master()) {
        dissents.add(new Opinions.Dissent(node.toString(), "says it is a master"));
      } else if (copied != null && !copied.equals(known.master())) {
        dissents.add(new Opinions.Dissent(node.toString(), "copies " + copied));
      }
    }
    return dissents;
  }

  /** The master that this node has to be told to follow. */
  Optional<NodeAddress> wantedMaster(NodeAddress node) {
    NodeWord word = answers.get(node);
    if (word == null || !followers.contains(node)) {
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
