package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Script.MASTER;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_1;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_2;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_1;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_2;
import static io.github.jedisfailover.internal.monitor.core.Script.peer;
import static io.github.jedisfailover.internal.monitor.core.Script.redis;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentinelCoreTest {
  private static final String ABORT = "-failover-abort-not-elected";

  @Test
  void discoversReplicasAndPublishesThem() {
    Script s = new Script(true);

    assertThat(s.published().nodes())
        .containsExactly(
            NodeView.master(MASTER), NodeView.replica(REPLICA_1), NodeView.replica(REPLICA_2));
    assertThat(s.events()).contains("+monitor", "+slave");
  }

  @Test
  void callsASilentMasterDownAfterItsPeriodAndNotBefore() {
    Script s = new Script(true);
    s.silent.add(MASTER);
    s.give(new CoreInput.LinkDown(redis(MASTER), "reset"));

    s.run(950);
    assertThat(s.events()).doesNotContain("+sdown");
    s.run(150);
    assertThat(s.events()).contains("+sdown").doesNotContain("+odown");
  }

  @Test
  void runsAWholeFailoverInSentinelsOrder() {
    Script s = new Script(true);
    s.silent.add(MASTER);
    s.give(new CoreInput.LinkDown(redis(MASTER), "reset"));
    s.run(1_100);
    s.give(new CoreInput.PeerAnswered(peer(PEER_1), Script.GROUP, true, "*", 0));
    s.run(150);
    assertThat(s.events()).contains("+odown", "+try-failover").doesNotContain("+elected-leader");

    s.give(new CoreInput.PeerAnswered(peer(PEER_1), Script.GROUP, true, "me", 1));
    s.run(100);
    CoreAction.MakeMaster order = s.all(CoreAction.MakeMaster.class).get(0);
    NodeAddress promoted = order.target().address();
    assertThat(s.master().current()).as("not before it reports master").isEqualTo(MASTER);

    s.reportMaster.clear();
    s.reportMaster.add(promoted);
    s.info(promoted);
    assertThat(s.published().master()).contains(NodeView.master(promoted));
    assertThat(s.published().version().configEpoch()).isEqualTo(1);

    s.followed = promoted;
    s.run(1_500);
    assertThat(s.events())
        .containsSubsequence(
            "+sdown",
            "+odown",
            "+new-epoch",
            "+try-failover",
            "+vote-for-leader",
            "+elected-leader",
            "+failover-state-select-slave",
            "+selected-slave",
            "+failover-state-send-slaveof-noone",
            "+failover-state-wait-promotion",
            "+promoted-slave",
            "+failover-state-reconf-slaves",
            "+slave-reconf-sent",
            "+slave-reconf-inprog",
            "+slave-reconf-done",
            "+failover-end",
            "+switch-master",
            "+slave");
    assertThat(s.master().name()).isEqualTo(Script.GROUP);
    assertThat(s.master().instance().address()).isEqualTo(promoted);
  }

  @Test
  void storesItsVoteBeforeItAsksOrAnswers() {
    Script s = new Script(true);
    List<CoreAction> answer = s.give(new CoreInput.PeerAsked(7, MASTER, 3, "candidate"));

    assertThat(answer.stream().map(a -> a.getClass().getSimpleName()))
        .containsSubsequence("Persist", "AnswerPeer");
    assertThat(s.all(CoreAction.AnswerPeer.class))
        .containsExactly(new CoreAction.AnswerPeer(7, false, "candidate", 3));
    PersistentState stored = s.all(CoreAction.Persist.class).get(lastIndex(s)).state();
    assertThat(stored.currentEpoch()).isEqualTo(3);
    assertThat(stored.group(Script.GROUP).orElseThrow().leaderEpoch()).isEqualTo(3);
  }

  private static int lastIndex(Script s) {
    return s.all(CoreAction.Persist.class).size() - 1;
  }

  @Test
  void neverTellsAVoteThatCouldNotBeStored() {
    Script s = new Script(true);
    s.give(new CoreInput.PeerAsked(7, MASTER, 3, "candidate"));
    s.give(new CoreInput.PersistFailed());
    s.give(new CoreInput.PeerAsked(8, MASTER, 3, "candidate"));

    assertThat(s.all(CoreAction.AnswerPeer.class))
        .last()
        .isEqualTo(new CoreAction.AnswerPeer(8, false, "*", 3));
  }

  @Test
  void withoutMemoryItVotesOnlyAfterHearingEverybodyAndOnlyInHigherEpochs() {
    Script s = new Script(false);
    s.run(2_000);
    s.members(PEER_1);
    s.members(PEER_2);
    s.hello(PEER_1, 6, MASTER, 0);
    s.give(new CoreInput.PeerAsked(1, MASTER, 7, "a"));
    assertThat(s.all(CoreAction.Persist.class)).as("nothing to remember yet").isEmpty();
    s.hello(PEER_2, 5, MASTER, 0);
    s.give(new CoreInput.PeerAsked(2, MASTER, 7, "a"));
    s.give(new CoreInput.PeerAsked(3, MASTER, 8, "a"));

    assertThat(s.all(CoreAction.AnswerPeer.class))
        .containsExactly(
            new CoreAction.AnswerPeer(1, false, "*", 0),
            new CoreAction.AnswerPeer(2, false, "*", 7),
            new CoreAction.AnswerPeer(3, false, "a", 8));
  }

  /** Down for this voter and for the first peer: the failover begins. */
  private static Script candidate() {
    Script s = new Script(true);
    s.silent.add(MASTER);
    s.give(new CoreInput.LinkDown(redis(MASTER), "reset"));
    s.run(1_100);
    s.give(new CoreInput.PeerAnswered(peer(PEER_1), Script.GROUP, true, "*", 0));
    s.run(150);
    assertThat(s.events()).contains("+try-failover");
    return s;
  }

  private static long candidacies(Script s) {
    return s.events().stream().filter("+try-failover"::equals).count();
  }

  @Test
  void standsAgainSoonAfterASplitVote() {
    Script s = candidate();
    s.give(new CoreInput.PeerAnswered(peer(PEER_1), Script.GROUP, true, "one", 1));
    s.run(100);
    assertThat(s.events()).as("the second may still vote for us").doesNotContain(ABORT);

    s.give(new CoreInput.PeerAnswered(peer(PEER_2), Script.GROUP, true, "two", 1));
    s.run(25);
    assertThat(s.events()).contains(ABORT);
    assertThat(candidacies(s)).isEqualTo(1);
    s.run(700);
    assertThat(candidacies(s)).isEqualTo(2);
    assertThat(s.core.view(s.now).currentEpoch()).isEqualTo(2);
  }

  @Test
  void aVoterThatCannotBeReachedDoesNotDecideASplitVote() {
    Script s = candidate();
    s.give(new CoreInput.LinkDown(peer(PEER_2), "refused"));
    s.give(new CoreInput.PeerAnswered(peer(PEER_1), Script.GROUP, true, "one", 1));
    s.run(800);
    assertThat(candidacies(s)).isEqualTo(2);
  }

  @Test
  void doesNotStandAgainInTheWayOfAWinner() {
    Script s = candidate();
    s.give(new CoreInput.PeerAnswered(peer(PEER_1), Script.GROUP, true, "one", 1));
    s.give(new CoreInput.PeerAnswered(peer(PEER_2), Script.GROUP, true, "one", 1));
    s.run(4_000);
    assertThat(candidacies(s)).isEqualTo(1);
  }

  @Test
  void withoutMemoryLearnsTheMembersFromTheOthersBeforeItVotes() {
    NodeAddress away = new NodeAddress("10.0.0.9", 7000);
    Script s = new Script(false, away);
    s.run(2_000);
    s.hello(PEER_1, 6, MASTER, 0);
    s.hello(PEER_2, 6, MASTER, 0);
    assertThat(s.all(CoreAction.AskMembers.class))
        .extracting(a -> a.peer().address())
        .contains(PEER_1, PEER_2);
    s.members(PEER_1);
    assertThat(s.core.view(s.now).canVote()).as("one has not told yet").isFalse();

    s.members(PEER_2, away, REPLICA_1);
    assertThat(s.core.view(s.now).canVote()).isTrue();
    s.reportMaster.add(away);
    s.hello(PEER_1, 0, MASTER, 0);
    s.run(12_000);
    assertThat(s.all(CoreAction.MakeReplicaOf.class))
        .as("a member that came back as a master of its own")
        .anyMatch(a -> a.target().address().equals(away));
  }

  @Test
  void asksNobodyForMembersOfAGroupThatItRemembers() {
    PersistentState stored =
        new PersistentState(
            "me",
            3,
            List.of(
                new PersistentState.Group(
                    Script.GROUP, MASTER, 3, 3, List.of(REPLICA_1), List.of())));
    Script s = new Script(stored, true);

    assertThat(s.all(CoreAction.AskMembers.class)).isEmpty();
  }

  @Test
  void followsAHigherConfigurationEpochAndNeverALowerOne() {
    Script s = new Script(true);
    s.hello(PEER_1, 4, REPLICA_1, 4);
    assertThat(s.master().current()).isEqualTo(REPLICA_1);
    s.hello(PEER_2, 4, MASTER, 3);
    s.hello(PEER_2, 4, REPLICA_2, 4);
    assertThat(s.master().current()).isEqualTo(REPLICA_1);
    assertThat(s.events()).containsSubsequence("+config-update-from", "+switch-master");
  }

  @Test
  void beforeTheFirstFailoverAMajorityTellsWhoTheMasterIs() {
    Script s = new Script(true);
    s.hello(PEER_1, 0, REPLICA_1, 0);
    s.hello(PEER_1, 0, REPLICA_1, 0);
    assertThat(s.master().current()).as("one alone").isEqualTo(MASTER);
    s.hello(PEER_2, 0, REPLICA_1, 0);
    assertThat(s.master().current()).isEqualTo(REPLICA_1);
  }

  @Test
  void ignoresAHelloFromAnAddressThatIsNoVoter() {
    Script s = new Script(true);
    s.hello(new NodeAddress("10.9.9.9", 26379), 99, REPLICA_1, 99);

    assertThat(s.master().current()).isEqualTo(MASTER);
    assertThat(s.core.view(s.now).currentEpoch()).isZero();
  }

  @Test
  void doesNotTakeItsOwnStallForTheMastersSilence() {
    Script s = new Script(true);
    s.silent.add(MASTER);
    s.run(1_000); // a PING is out, its answer is read only after the stall
    s.now += 1_500;
    s.give(new CoreInput.Tick());
    s.silent.clear();
    s.give(new CoreInput.Pong(redis(MASTER), "PONG"));
    s.run(3_000);

    assertThat(s.events()).doesNotContain("+sdown", "+tilt");
  }

  @Test
  void entersTiltAfterALongStallAndJudgesNobodyThen() {
    Script s = new Script(true);
    s.now += 5_000;
    s.silent.add(MASTER);
    s.give(new CoreInput.PeerAnswered(peer(PEER_1), Script.GROUP, true, "*", 0));
    s.run(10_000);
    assertThat(s.events()).contains("+tilt").doesNotContain("+sdown");

    s.run(25_000);
    assertThat(s.events()).contains("-tilt", "+sdown");
  }

  @Test
  void demotesAReturningMasterOnceAMajorityConfirmsTheConfiguration() {
    Script s = new Script(true);
    s.hello(PEER_1, 1, REPLICA_1, 1);
    s.reportMaster.add(REPLICA_1);
    s.followed = REPLICA_1;
    s.run(1_000);
    s.hello(PEER_1, 1, REPLICA_1, 1);
    s.run(1_000);
    assertThat(demotions(s)).as("that hello may be older than what INFO showed").isZero();

    s.run(1_500);
    s.hello(PEER_1, 1, REPLICA_1, 1);
    s.run(1_500);
    assertThat(demotions(s)).isPositive();
    assertThat(s.events()).contains("+convert-to-slave");
  }

  @Test
  void waitsWhenANewerEpochMayBeInForceElsewhere() {
    Script s = new Script(true);
    s.hello(PEER_1, 1, REPLICA_1, 1);
    s.reportMaster.add(REPLICA_1);
    s.run(3_000);
    s.hello(PEER_1, 2, REPLICA_1, 1);
    s.hello(PEER_2, 2, REPLICA_1, 1);
    s.run(2_000);
    assertThat(demotions(s)).as("somebody stands in epoch 2").isZero();

    s.run(6_000);
    assertThat(demotions(s)).as("Sentinel's own wait").isPositive();
  }

  private static long demotions(Script s) {
    return s.all(CoreAction.MakeReplicaOf.class).stream()
        .filter(a -> a.target().address().equals(MASTER))
        .count();
  }

  @Test
  void leavesAReplicaThatIsDownOutOfTheView() {
    Script s = new Script(true);
    s.silent.add(REPLICA_1);
    s.give(new CoreInput.LinkDown(redis(REPLICA_1), "reset"));
    s.run(500);

    NodeView view =
        s.published().replicas().stream()
            .filter(n -> n.address().equals(REPLICA_1))
            .findFirst()
            .orElseThrow();
    assertThat(view.fitForReads()).isFalse();
  }

  @Test
  void leavesASeedAloneThatNeverCopiedTheGroup() {
    NodeAddress stranger = new NodeAddress("10.0.0.9", 7000);
    Script s = new Script(true, stranger);
    for (int i = 0; i < 8; i++) {
      s.hello(PEER_1, 0, MASTER, 0);
      s.hello(PEER_2, 0, MASTER, 0);
      s.run(2_000);
    }

    assertThat(s.all(CoreAction.MakeReplicaOf.class)).isEmpty();
    assertThat(s.published().nodes()).noneMatch(n -> n.address().equals(stranger));
  }

  @Test
  void takesASeedInThatCopiesANodeOfTheGroup() {
    NodeAddress chained = new NodeAddress("10.0.0.9", 7000);
    Script s = new Script(true, chained);
    s.reportMaster.remove(chained);
    s.followed = REPLICA_1;
    s.info(chained);

    assertThat(s.published().nodes()).anyMatch(n -> n.address().equals(chained));
  }
}
