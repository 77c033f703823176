package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What speaks against a promotion by hand; pure. */
final class PromotionRule {
  private PromotionRule() {}

  /** What no caller can wish for. */
  static Optional<String> impossible(
      NodeAddress target, Map<NodeAddress, NodeWord> answers, StaticRule.Known known) {
    NodeWord word = answers.get(target);
    if (word == null) {
      return Optional.of("NOGOODSLAVE " + target + " does not answer");
    }
    if (target.equals(known.master()) && word.master()) {
      return Optional.of("ERR " + target + " is the master already");
    }
    if (word.master()) {
      return Optional.of("NOGOODSLAVE " + target + " is no replica: it says that it is a master");
    }
    return Optional.empty();
  }

  /** What a caller may overrule, all of it: whoever does must know what it costs. */
  static List<String> doubts(
      NodeAddress target, Map<NodeAddress, NodeWord> answers, StaticRule.Known known) {
    NodeWord word = answers.get(target);
    NodeWord master = known.master() == null ? null : answers.get(known.master());
    boolean handsOver = master != null && master.master();
    List<String> doubts = new ArrayList<>();
    ofItsData(target, word, known).ifPresent(doubts::add);
    answers.forEach(
        (node, says) -> {
          if (says.master() && !node.equals(known.master())) {
            rival(node, says, word, known).ifPresent(doubts::add);
          } else if (!says.master() && !handsOver && says.history().equals(word.history())) {
            betterReason(target, word, node, says, known).ifPresent(doubts::add);
          }
        });
    return doubts;
  }

  private static Optional<String> ofItsData(
      NodeAddress target, NodeWord word, StaticRule.Known known) {
    if (word.info().syncing() || word.info().data().loading()) {
      return Optional.of("NOGOODSLAVE " + target + " has not all its data yet: it still loads it");
    }
    if (known.master() == null) {
      return Optional.of("NOGOODSLAVE no master is known that " + target + " could be a copy of");
    }
    return known.history().equals(word.history())
        ? Optional.empty()
        : Optional.of("NOGOODSLAVE " + target + " is no copy of the master " + known.master());
  }

  /** Somebody else promoted it, and this client does not follow it yet. */
  private static Optional<String> rival(
      NodeAddress node, NodeWord says, NodeWord word, StaticRule.Known known) {
    String history = known.master() == null ? word.history() : known.history();
    return says.descendsFrom(history)
        ? Optional.of("ERR " + node + " is a master that goes on from the same data")
        : Optional.empty();
  }

  /** A copy of the same data while the master does not answer. */
  private static Optional<String> betterReason(
      NodeAddress target, NodeWord word, NodeAddress node, NodeWord says, StaticRule.Known known) {
    if (says.info().linkUp()) {
      String master = known.master() == null ? "" : " " + known.master();
      return Optional.of(
          "ERR the master"
              + master
              + " does not answer, but its replica "
              + node
              + " has a connection to it: it may be alive");
    }
    long ahead = says.info().offset() - word.info().offset();
    return ahead > 0
        ? Optional.of(
            "NOGOODSLAVE "
                + node
                + " is ahead of "
                + target
                + " by "
                + ahead
                + " bytes of the replication stream")
        : Optional.empty();
  }
}
