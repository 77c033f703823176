package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Script.MASTER;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_1;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_2;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_1;
import static io.github.jedisfailover.internal.monitor.core.Script.peer;
import static io.github.jedisfailover.internal.monitor.core.Script.redis;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is voted for, when, and what a voter without memory may do. */
class VotingTest {
  private static final String ABORT = "-failover-abort-not-elected";

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
}
