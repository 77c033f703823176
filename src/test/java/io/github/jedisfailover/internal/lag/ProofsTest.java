package io.github.jedisfailover.internal.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.lag.Progress.Kind;
import io.github.jedisfailover.topology.NodeAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are in nanoseconds of a clock that may begin anywhere. */
class ProofsTest {
  private static final NodeAddress MASTER = new NodeAddress("m", 1);
  private static final NodeAddress REPLICA = new NodeAddress("r", 1);
  private static final Proofs.Reign REIGN = new Proofs.Reign(5, MASTER);
  private static final Proofs BEGIN = Proofs.NONE.under(REIGN);

  private static Progress at(Kind kind, String history, long offset) {
    return new Progress(kind, new Position(history, offset), "", -1);
  }

  private static Proofs master(Proofs before, long time, long offset) {
    return before.told(REIGN, MASTER, time, at(Kind.MASTER, "h", offset));
  }

  private static Proofs replica(Proofs before, long time, long offset) {
    return before.told(REIGN, REPLICA, time, at(Kind.IN_STEP, "h", offset));
  }

  private static boolean within(Proofs proofs, long bound, long now) {
    return proofs.satisfies(REPLICA, Need.within(bound, -1), now);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1_000_000, Long.MAX_VALUE - 120})
  void aReplicaIsAsFreshAsTheMomentOfTheOffsetThatItHolds(long t) {
    Proofs proofs = replica(master(master(BEGIN, t, 100), t + 50, 200), t + 60, 150);
    assertThat(within(proofs, 70, t + 70)).as("it holds what the master had at t").isTrue();
    assertThat(within(proofs, 69, t + 70)).isFalse();
    Proofs later = replica(proofs, t + 80, 200);
    assertThat(within(later, 50, t + 100)).as("and now what it had at t + 50").isTrue();
    assertThat(within(later, 49, t + 100)).isFalse();
  }

  @Test
  void theOrderOfTheAnswersDoesNotMatter() {
    Proofs proofs = master(replica(master(BEGIN, 0, 100), 10, 100), 20, 100);
    assertThat(within(proofs, 5, 25)).as("nothing was written until 20").isTrue();
  }

  @Test
  void aFrozenReplicaOrMasterLetsTheProofRunOut() {
    Proofs proofs = replica(master(BEGIN, 0, 100), 10, 100);
    assertThat(within(proofs, 1_000, 1_000)).isTrue();
    assertThat(within(proofs, 1_000, 1_001)).as("no newer sample of the master").isFalse();
    Proofs written = master(proofs, 900, 101);
    assertThat(within(written, 1_000, 1_001)).as("no answer of the replica").isFalse();
    assertThat(within(replica(written, 1_002, 101), 1_000, 1_900)).isTrue();
  }

  @Test
  void withoutAnAnswerNothingIsProven() {
    assertThat(within(BEGIN, Long.MAX_VALUE, 0)).isFalse();
    assertThat(within(master(BEGIN, 0, 100), Long.MAX_VALUE, 0)).isFalse();
    assertThat(within(replica(BEGIN, 0, 100), Long.MAX_VALUE, 0)).isFalse();
    assertThat(BEGIN.satisfies(REPLICA, Need.within(-1, -1), 0)).isTrue();
  }

  @Test
  void anotherMasterOrEpochVoidsAllProofs() {
    Proofs proofs = replica(master(BEGIN, 0, 100), 10, 100);
    assertThat(proofs.under(REIGN)).isSameAs(proofs);
    Proofs.Reign next = new Proofs.Reign(6, MASTER);
    assertThat(within(proofs.under(next), 1_000, 20)).isFalse();
    Proofs late = proofs.under(next).told(REIGN, MASTER, 30, at(Kind.MASTER, "h", 100));
    assertThat(within(replica(late, 40, 100), 1_000, 50)).as("asked under the old").isFalse();
  }

  @Test
  void aMasterThatWasDemotedOrBeganAnewProvesNothing() {
    Proofs proofs = replica(master(BEGIN, 0, 100), 10, 100);
    Proofs demoted = proofs.told(REIGN, MASTER, 20, at(Kind.IN_STEP, "h", 100));
    assertThat(within(demoted, 1_000, 30)).isFalse();
    Proofs restarted = proofs.told(REIGN, MASTER, 20, at(Kind.MASTER, "h2", 1));
    assertThat(within(replica(restarted, 30, 100), 1_000, 40)).as("another history").isFalse();
  }

  @Test
  void aReplicaOfAnotherHistoryOrWithoutDataHasNone() {
    Proofs proofs = replica(master(BEGIN, 0, 100), 10, 100);
    for (Progress said :
        new Progress[] {
          at(Kind.IN_STEP, "h2", 500), at(Kind.SYNCING, "h", 500), at(Kind.MASTER, "h", 500)
        }) {
      assertThat(within(proofs.told(REIGN, REPLICA, 20, said), 1_000, 30)).isFalse();
    }
    Proofs cut = proofs.told(REIGN, REPLICA, 20, at(Kind.CUT_OFF, "h", 1));
    assertThat(within(cut, 1_000, 30)).as("it keeps what it had").isTrue();
  }

  @Test
  void anAnswerToAnEarlierQuestionIsDropped() {
    Proofs proofs = replica(replica(master(BEGIN, 0, 100), 20, 100), 10, 50);
    assertThat(within(proofs, 1_000, 30)).isTrue();
    assertThat(proofs.standing(REPLICA).askedNanos()).isEqualTo(20);
  }

  @Test
  void bytesAreMeasuredAgainstTheNewestOffsetAndNotForLong() {
    Proofs proofs = replica(master(BEGIN, 0, 1_000), 10, 900);
    assertThat(proofs.satisfies(REPLICA, Need.within(-1, 100), 20)).isTrue();
    assertThat(proofs.satisfies(REPLICA, Need.within(-1, 99), 20)).isFalse();
    assertThat(proofs.satisfies(REPLICA, Need.within(-1, 100), 1_000_000_001L)).isFalse();
  }

  @Test
  void aWriteNeedsAProofOfLaterThanItsEnd() {
    Need need = Need.within(-1, -1).since(50);
    Proofs proofs = replica(master(BEGIN, 49, 100), 60, 100);
    assertThat(proofs.satisfies(REPLICA, need, 70)).isFalse();
    assertThat(master(proofs, 50, 100).satisfies(REPLICA, need, 70)).isTrue();
  }

  @Test
  void aTokenIsReachedByItsPositionOrByTheMomentOfItsArrival() {
    Need need = Need.within(-1, -1).sinceOr(50, new Position("h", 100));
    Proofs behind = replica(master(BEGIN, 0, 150), 10, 99);
    assertThat(behind.satisfies(REPLICA, need, 70)).isFalse();
    assertThat(replica(behind, 20, 100).satisfies(REPLICA, need, 70)).isTrue();
    Need strange = Need.within(-1, -1).sinceOr(50, new Position("h9", 1));
    Proofs there = replica(master(BEGIN, 0, 150), 10, 150);
    assertThat(there.satisfies(REPLICA, strange, 70)).isFalse();
    assertThat(master(there, 50, 150).satisfies(REPLICA, strange, 70)).isTrue();
  }

  @Test
  void samplesReachFarBackAndStayFew() {
    Proofs proofs = BEGIN;
    for (int i = 0; i < 100_000; i++) {
      proofs = master(proofs, 10L * i, i);
    }
    assertThat(within(replica(proofs, 1_000_000, 99_990), 1_000, 1_000_000)).isTrue();
    assertThat(within(replica(proofs, 1_000_000, 90_000), 600_000, 1_000_000)).isTrue();
    assertThat(within(replica(proofs, 1_000_000, 90_000), 99_000, 1_000_000)).isFalse();
  }
}
