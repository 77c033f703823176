package io.github.jedisfailover.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.source.Holding.Finding;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldingTest {
  private static final NodeAddress OLD = new NodeAddress("h", 1);
  private static final NodeAddress NEW = new NodeAddress("h", 2);

  private final Holding holding = new Holding(3);

  private static VoterAnswer says(int voter, long epoch, NodeAddress master) {
    return new VoterAnswer(new NodeAddress("v", voter), epoch, master, false, List.of());
  }

  private Finding find(VoterAnswer... answers) {
    return holding.weigh(List.of(answers)).orElseThrow();
  }

  private Optional<NodeAddress> offered(Finding found, boolean isMaster) {
    Optional<TopologySnapshot> offer = holding.conclude(found, isMaster);
    return offer.flatMap(TopologySnapshot::master).map(NodeView::address);
  }

  @Test
  void offersAMasterOnceItIsVerified() {
    Finding found = find(says(1, 1, OLD), says(2, 1, OLD));
    assertThat(offered(found, false)).isEmpty();
    assertThat(holding.isVerified()).isFalse();
    assertThat(offered(found, true)).contains(OLD);
    assertThat(holding.isVerified(OLD)).isTrue();
    assertThat(holding.conclude(find(says(1, 1, OLD)), true)).as("nothing new").isEmpty();
  }

  @Test
  void whatWasWeighedBeforeASwitchIsNotConcludedAfterIt() {
    Finding first = find(says(1, 1, OLD), says(2, 1, OLD));
    offered(first, true);
    Finding stale = find(says(1, 1, OLD), says(3, 1, OLD));
    Finding news = holding.news(says(2, 2, NEW)).orElseThrow();
    assertThat(offered(news, true)).contains(NEW);
    assertThat(holding.conclude(stale, true)).isEmpty();
    assertThat(holding.isVerified(NEW)).isTrue();
    assertThat(holding.configEpoch()).isEqualTo(2);
  }

  @Test
  void oneVoterThatLagsBehindNeverMovesItBack() {
    offered(find(says(1, 2, NEW), says(2, 2, NEW)), true);
    assertThat(holding.news(says(3, 1, OLD))).isEmpty();
    assertThat(holding.weigh(List.of(says(3, 1, OLD)))).isEmpty();
    assertThat(holding.agreesWith(says(3, 1, OLD))).isFalse();
    assertThat(holding.agreesWith(says(1, 2, NEW))).isTrue();
  }

  @Test
  void votersThatForgotAreFollowedOnlyToANodeThatAgreesAndTheVersionNeverFalls() {
    offered(find(says(1, 9, OLD), says(2, 9, OLD)), true);
    Finding forgotten = find(says(1, 0, NEW), says(2, 0, NEW));
    assertThat(holding.conclude(forgotten, false)).isEmpty();
    assertThat(holding.isVerified(OLD)).isTrue();
    TopologySnapshot offer = holding.conclude(forgotten, true).orElseThrow();
    assertThat(offer.version().configEpoch()).isEqualTo(9);
    assertThat(offer.master().orElseThrow().address()).isEqualTo(NEW);
    assertThat(holding.configEpoch()).as("the next failover counts from here").isZero();
  }
}
