package io.github.jedisfailover.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObserverRuleTest {
  private static final NodeAddress OLD = new NodeAddress("h", 1);
  private static final NodeAddress NEW = new NodeAddress("h", 2);
  private static final NodeAddress THIRD = new NodeAddress("h", 3);

  private static VoterAnswer says(int voter, long epoch, NodeAddress master) {
    return new VoterAnswer(new NodeAddress("v", voter), epoch, master, false, List.of());
  }

  private static VoterAnswer sees(int voter, VoterAnswer.Replica... replicas) {
    return new VoterAnswer(new NodeAddress("v", voter), 1, NEW, false, List.of(replicas));
  }

  private static NodeAddress believed(List<VoterAnswer> answers, long epoch) {
    Optional<ObserverRule.Belief> belief = ObserverRule.believe(answers, epoch, 3);
    return belief.map(ObserverRule.Belief::master).orElse(null);
  }

  @Test
  void theLatestFailoverWinsAgainstTheMajority() {
    assertThat(believed(List.of(says(1, 1, OLD), says(2, 2, NEW), says(3, 1, OLD)), 1))
        .isEqualTo(NEW);
  }

  @Test
  void aStaleVoterNeverMovesItBack() {
    assertThat(believed(List.of(says(1, 1, OLD)), 2)).isNull();
    assertThat(believed(List.of(says(1, 1, OLD), says(2, 2, NEW)), 2)).isEqualTo(NEW);
  }

  @Test
  void aMajorityThatForgotEverythingIsFollowedIfItAgrees() {
    assertThat(believed(List.of(says(1, 0, NEW), says(2, 0, NEW)), 5)).isEqualTo(NEW);
    assertThat(believed(List.of(says(1, 0, NEW), says(2, 1, OLD)), 5)).isNull();
  }

  @Test
  void atOneEpochMostVotersDecideAndATieIsNotGuessed() {
    assertThat(believed(List.of(says(1, 0, OLD), says(2, 0, NEW), says(3, 0, NEW)), -1))
        .isEqualTo(NEW);
    assertThat(believed(List.of(says(1, 0, OLD), says(2, 0, NEW)), -1)).isNull();
    assertThat(believed(List.of(), -1)).isNull();
  }

  @Test
  void aReplicaIsFitIfMostVotersSeeItFollowThisMaster() {
    VoterAnswer.Replica good = new VoterAnswer.Replica(THIRD, true, true, NEW);
    VoterAnswer.Replica unreachable = new VoterAnswer.Replica(THIRD, false, true, NEW);
    VoterAnswer.Replica astray = new VoterAnswer.Replica(THIRD, true, true, OLD);
    assertThat(replica(sees(1, good), sees(2, good), sees(3, unreachable)).fitForReads()).isTrue();
    assertThat(replica(sees(1, good), sees(2, unreachable)).reachable()).isFalse();
    assertThat(replica(sees(1, astray), sees(2, astray)).linkUp()).isFalse();
  }

  private static NodeView replica(VoterAnswer... answers) {
    return ObserverRule.believe(List.of(answers), 1, 3).orElseThrow().replicas().get(0);
  }

  @Test
  void anUnverifiedMasterIsLeftOut() {
    ObserverRule.Belief belief = ObserverRule.believe(List.of(says(1, 1, NEW)), 0, 3).orElseThrow();
    assertThat(belief.nodes(false)).isEmpty();
    assertThat(belief.nodes(true)).extracting(NodeView::role).containsExactly(NodeRole.MASTER);
  }
}
