package io.github.jedisfailover.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.source.ObserverRule.Held;
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
    return believed(answers, held(epoch, null));
  }

  private static NodeAddress believed(List<VoterAnswer> answers, Held held) {
    return ObserverRule.believe(answers, held, 3).map(ObserverRule.Belief::master).orElse(null);
  }

  private static Held held(long epoch, NodeAddress verified) {
    return new Held(epoch, Optional.ofNullable(verified));
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
  void oneVoterAloneMayTellALaterFailoverAndNothingElse() {
    assertThat(ObserverRule.news(says(1, 3, NEW), held(2, OLD))).isPresent();
    assertThat(ObserverRule.news(says(1, 2, OLD), held(2, NEW))).isEmpty();
    assertThat(ObserverRule.news(says(1, 1, OLD), held(2, NEW))).isEmpty();
    assertThat(ObserverRule.news(says(1, 3, NEW), Held.NOTHING))
        .as("at first it may be the one that lags behind")
        .isEmpty();
  }

  /** It may name it while the node itself still says that it is a master. */
  @Test
  void aClaimOfAHighEpochForTheOldMasterHoldsNobodyBack() {
    VoterAnswer liar = says(3, 1_000, OLD);
    assertThat(believed(List.of(says(1, 1, NEW), says(2, 1, NEW), liar), held(0, OLD)))
        .isEqualTo(NEW);
    assertThat(ObserverRule.believe(List.of(liar), held(0, OLD), 3))
        .as("nothing new of the master that is known")
        .hasValueSatisfying(b -> assertThat(b.configEpoch()).isZero());
    assertThat(believed(List.of(says(1, 1, NEW), says(2, 0, OLD), liar), held(0, OLD)))
        .as("most still see it well")
        .isEqualTo(OLD);
  }

  @Test
  void atTheEpochBelievedOnlyAMajorityMovesItFromAVerifiedMaster() {
    assertThat(believed(List.of(says(1, 0, OLD)), held(0, NEW))).isNull();
    assertThat(believed(List.of(says(1, 0, OLD), says(2, 0, OLD)), held(0, NEW))).isEqualTo(OLD);
    assertThat(believed(List.of(says(1, 0, NEW)), held(0, NEW))).isEqualTo(NEW);
    assertThat(believed(List.of(says(1, 0, OLD)), held(0, null))).isEqualTo(OLD);
    assertThat(believed(List.of(says(1, 1, OLD)), held(0, NEW))).isEqualTo(OLD);
  }

  @Test
  void aLoneVoterIsNotBelievedWhileMostSeeTheVerifiedMasterWell() {
    assertThat(believed(List.of(says(1, 1, NEW), says(2, 99, OLD), says(3, 1, NEW)), held(1, NEW)))
        .isEqualTo(NEW);
    VoterAnswer down = new VoterAnswer(new NodeAddress("v", 3), 1, NEW, true, List.of());
    assertThat(believed(List.of(says(1, 1, NEW), says(2, 99, OLD), down), held(1, NEW)))
        .as("the others see it down")
        .isEqualTo(OLD);
  }

  @Test
  void anEpochThatOnlyOneClaimsForTheSameMasterIsNotTakenOver() {
    List<VoterAnswer> answers = List.of(says(1, 1, OLD), says(2, 99, OLD), says(3, 1, OLD));
    assertThat(ObserverRule.believe(answers, Held.NOTHING, 3).orElseThrow().configEpoch())
        .isEqualTo(1);
    assertThat(ObserverRule.believe(answers, held(1, OLD), 3).orElseThrow().configEpoch())
        .isEqualTo(1);
  }

  @Test
  void mostVotersAreAskedForWhenTheLatestCannotBeTrue() {
    List<VoterAnswer> answers = List.of(says(1, 1, NEW), says(2, 99, OLD), says(3, 1, NEW));
    assertThat(ObserverRule.most(answers, 3).orElseThrow().master()).isEqualTo(NEW);
    assertThat(ObserverRule.most(answers.subList(0, 2), 3)).isEmpty();
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
    return ObserverRule.believe(List.of(answers), held(1, null), 3).orElseThrow().replicas().get(0);
  }

  @Test
  void anUnverifiedMasterIsLeftOut() {
    ObserverRule.Belief belief = ObserverRule.of(says(1, 1, NEW));
    assertThat(belief.nodes(false)).isEmpty();
    assertThat(belief.nodes(true)).extracting(NodeView::role).containsExactly(NodeRole.MASTER);
  }
}
