package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.NodeAddress;
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

  /** What a caller may overrule. */
  static Optional<String> doubt(
      NodeAddress target, Map<NodeAddress, NodeWord> answers, StaticRule.Known known) {
    NodeWord word = answers.get(target);
    if (known.master() == null) {
      return Optional.of(
          "ERR no master is known, and the nodes that answer are not copies of the same one: "
              + target
              + " cannot be compared");
    }
    if (!known.history().equals(word.history())) {
      return Optional.of("NOGOODSLAVE " + target + " is no copy of the master " + known.master());
    }
    NodeWord master = answers.get(known.master());
    if (master != null && master.master()) {
      return Optional.empty(); // it hands over: the replica catches up first
    }
    for (Map.Entry<NodeAddress, NodeWord> other : answers.entrySet()) {
      NodeWord says = other.getValue();
      if (says.master() || !known.history().equals(says.history())) {
        continue;
      }
      if (says.info().linkUp()) {
        return Optional.of(
            "ERR the master "
                + known.master()
                + " does not answer, but its replica "
                + other.getKey()
                + " has a connection to it: it may be alive");
      }
      long ahead = says.info().offset() - word.info().offset();
      if (ahead > 0) {
        return Optional.of(
            "NOGOODSLAVE "
                + other.getKey()
                + " is ahead of "
                + target
                + " by "
                + ahead
                + " bytes of the replication stream");
      }
    }
    return Optional.empty();
  }
}
