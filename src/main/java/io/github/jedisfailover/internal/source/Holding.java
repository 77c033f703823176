package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.runtime.ClosableGate;
import io.github.jedisfailover.internal.source.ObserverRule.Belief;
import io.github.jedisfailover.internal.source.ObserverRule.Held;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.List;
import java.util.Optional;

/**
 * What an observer believes and has offered. Whoever of its threads finds something out weighs it
 * here, asks the node, and comes back to conclude: what another thread concluded meanwhile counts
 * more. Thread-safe.
 */
final class Holding {
  private final ClosableGate gate = new ClosableGate();
  private final int voters;
  private Belief belief;
  private boolean verified;
  private long switches;
  private TopologySnapshot offered = TopologySnapshot.UNKNOWN;

  Holding(int voters) {
    this.voters = voters;
  }

  /**
   * A belief that is not yet concluded.
   *
   * @param basis how many switches it knows of
   */
  record Finding(Belief belief, long basis) {
    NodeAddress master() {
      return belief.master();
    }
  }

  /** What all these answers tell together. */
  Optional<Finding> weigh(List<VoterAnswer> answers) {
    return gate.call(() -> ObserverRule.believe(answers, held(), voters).map(this::finding));
  }

  /** What this one voter may tell alone. */
  Optional<Finding> news(VoterAnswer answer) {
    return gate.call(() -> ObserverRule.news(answer, held()).map(this::finding));
  }

  /** What most of all voters say, whatever the others claim. */
  Optional<Finding> most(List<VoterAnswer> answers) {
    return gate.call(() -> ObserverRule.most(answers, voters).map(this::finding));
  }

  /** The master that is believed in, if it has said so. */
  Optional<NodeAddress> verifiedMaster() {
    return gate.call(() -> held().verified());
  }

  /** What is believed now. */
  Optional<Finding> current() {
    return gate.call(() -> Optional.ofNullable(belief).map(this::finding));
  }

  private Finding finding(Belief found) {
    return new Finding(found, switches);
  }

  private Held held() {
    Optional<NodeAddress> master = verified ? Optional.of(belief.master()) : Optional.empty();
    return belief == null ? Held.NOTHING : new Held(belief.configEpoch(), master);
  }

  /** Whether this node is the master that is believed in, and has said so. */
  boolean isVerified(NodeAddress node) {
    return gate.call(() -> verified && belief.master().equals(node));
  }

  /** Whether there is a master that is well, so that only news could change anything. */
  boolean isSettled() {
    return gate.call(() -> verified && !belief.masterDown());
  }

  boolean isVerified() {
    return gate.call(() -> verified);
  }

  /** Whether one voter sees the group as it is believed to be. */
  boolean agreesWith(VoterAnswer answer) {
    return gate.call(() -> ObserverRule.of(answer).equals(belief));
  }

  long configEpoch() {
    return gate.call(() -> held().configEpoch());
  }

  /**
   * Takes a finding over, unless there was a switch since. Forgetful voters are followed only to a
   * node that agrees.
   *
   * @param isMaster whether the node says that it is the master
   * @return what is to be offered; empty if nothing changed
   */
  Optional<TopologySnapshot> conclude(Finding found, boolean isMaster) {
    return gate.call(
        () -> {
          Belief news = found.belief();
          boolean forgotten = news.configEpoch() < held().configEpoch();
          boolean overtaken = found.basis() != switches && !isSameSwitch(news);
          if (overtaken || forgotten && !isMaster) {
            return Optional.empty();
          }
          switches += isSameSwitch(news) ? 0 : 1;
          belief = news;
          verified = isMaster;
          return change(news.nodes(isMaster));
        });
  }

  private boolean isSameSwitch(Belief news) {
    return belief != null
        && belief.configEpoch() == news.configEpoch()
        && belief.master().equals(news.master());
  }

  /** Never a lower version, whatever the voters forgot: receivers drop those. */
  private Optional<TopologySnapshot> change(List<NodeView> nodes) {
    TopologySnapshot.Version last = offered.version();
    long epoch = Math.max(last.configEpoch(), belief.configEpoch());
    boolean same = nodes.equals(offered.nodes()) && epoch == last.configEpoch();
    if (same && last.sequence() > 0) {
      return Optional.empty();
    }
    offered = new TopologySnapshot(new TopologySnapshot.Version(epoch, last.sequence() + 1), nodes);
    return Optional.of(offered);
  }
}
