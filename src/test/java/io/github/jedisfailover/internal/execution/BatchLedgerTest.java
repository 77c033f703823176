package io.github.jedisfailover.internal.execution;

import static io.github.jedisfailover.internal.execution.BatchLedger.Effect.NONE;
import static io.github.jedisfailover.internal.execution.BatchLedger.Effect.ONCE;
import static io.github.jedisfailover.internal.execution.BatchLedger.Effect.REPEATABLE;
import static io.github.jedisfailover.internal.execution.BatchLedger.Reply.ANSWER;
import static io.github.jedisfailover.internal.execution.BatchLedger.Reply.DOUBTFUL;
import static io.github.jedisfailover.internal.execution.BatchLedger.Reply.REFUSAL;
import static io.github.jedisfailover.internal.execution.BatchLedger.Verdict.ANSWERED;
import static io.github.jedisfailover.internal.execution.BatchLedger.Verdict.NOT_APPLIED;
import static io.github.jedisfailover.internal.execution.BatchLedger.Verdict.PENDING;
import static io.github.jedisfailover.internal.execution.BatchLedger.Verdict.REFUSED;
import static io.github.jedisfailover.internal.execution.BatchLedger.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.execution.BatchLedger.Effect;
import io.github.jedisfailover.internal.execution.BatchLedger.Reply;
import io.github.jedisfailover.internal.execution.BatchLedger.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is sent again, and what is known of the rest. */
class BatchLedgerTest {
  private BatchLedger ledger;
  private int size;

  private void batch(Effect... effects) {
    ledger = new BatchLedger(List.of(effects));
    size = effects.length;
  }

  private void attempt(int sent, Reply... replies) {
    ledger.attempted(sent, List.of(replies));
  }

  private void expect(Verdict... verdicts) {
    assertThat(IntStream.range(0, size).mapToObj(ledger::verdict)).containsExactly(verdicts);
    int[] open = IntStream.range(0, size).filter(i -> ledger.verdict(i) == PENDING).toArray();
    assertThat(ledger.pending()).containsExactly(open);
  }

  @Test
  void whatWasAnsweredStays() {
    batch(ONCE, NONE);
    attempt(2, ANSWER, ANSWER);
    expect(ANSWERED, ANSWERED);
  }

  @Test
  void whatWasNotSentIsSentAgain() {
    batch(ONCE, ONCE, NONE);
    attempt(0);
    expect(PENDING, PENDING, PENDING);
    attempt(3, ANSWER);
    expect(ANSWERED, UNKNOWN, UNKNOWN);
  }

  @Test
  void onlyTheRestOfReadsIsAskedAgain() {
    batch(NONE, NONE, NONE);
    attempt(3, ANSWER);
    expect(ANSWERED, PENDING, PENDING);
  }

  @Test
  void behindAnUnknownWriteNothingIsSent() {
    batch(ONCE, ONCE, NONE, REPEATABLE, ONCE);
    attempt(4, ANSWER);
    expect(ANSWERED, UNKNOWN, UNKNOWN, UNKNOWN, NOT_APPLIED);
  }

  @Test
  void aReadBeforeAnUnknownWriteIsNotAskedAgain() {
    batch(NONE, ONCE);
    attempt(2);
    expect(UNKNOWN, UNKNOWN);
  }

  @Test
  void readsAreRepeatedTogetherWithWritesThatWereNotSent() {
    batch(NONE, NONE, ONCE);
    attempt(2, ANSWER);
    expect(ANSWERED, PENDING, PENDING);
  }

  @Test
  void idempotentWritesAreRepeatedWithAllThatFollows() {
    batch(ONCE, REPEATABLE, REPEATABLE, NONE, ONCE);
    attempt(4, ANSWER);
    expect(ANSWERED, PENDING, PENDING, PENDING, PENDING);
  }

  @Test
  void aReadBetweenRepeatedWritesIsNot() {
    batch(NONE, REPEATABLE, NONE, REPEATABLE, NONE);
    attempt(5);
    expect(UNKNOWN, PENDING, UNKNOWN, PENDING, PENDING);
  }

  @Test
  void oneThatMustNotRunTwiceKeepsTheRepeatableOnesFromBeingRepeated() {
    batch(REPEATABLE, ONCE);
    attempt(2);
    expect(UNKNOWN, UNKNOWN);
  }

  @Test
  void aRefusedRestIsRepeatedAndTheReadsInItToo() {
    batch(ONCE, ONCE, NONE, ONCE);
    attempt(4, ANSWER, REFUSAL, ANSWER, REFUSAL);
    expect(ANSWERED, PENDING, PENDING, PENDING);
  }

  @Test
  void aRefusedCommandIsNotRepeatedBehindAnAppliedOne() {
    batch(ONCE, ONCE, NONE);
    attempt(3, REFUSAL, ANSWER, ANSWER);
    expect(REFUSED, ANSWERED, ANSWERED);
  }

  @Test
  void aRefusedCommandIsNotRepeatedBehindOneThatMayHaveBeenApplied() {
    batch(ONCE, REPEATABLE);
    attempt(2, REFUSAL);
    expect(REFUSED, UNKNOWN);
  }

  @Test
  void aScriptThatWasRefusedMidwayIsUnknown() {
    batch(ONCE, ONCE);
    attempt(2, DOUBTFUL, REFUSAL);
    expect(UNKNOWN, REFUSED);
  }

  @Test
  void doubtDoesNotMatterForReads() {
    batch(NONE, NONE);
    attempt(2, DOUBTFUL, ANSWER);
    expect(PENDING, PENDING);
  }

  @Test
  void doubtOutlivesARefusedRepeat() {
    batch(REPEATABLE, ONCE);
    attempt(1);
    attempt(2, REFUSAL, REFUSAL);
    expect(PENDING, PENDING);
    ledger.giveUp();
    expect(UNKNOWN, NOT_APPLIED);
  }

  @Test
  void afterwardsARepeatableWriteHasItsAnswer() {
    batch(REPEATABLE, ONCE);
    attempt(1);
    attempt(2, ANSWER, ANSWER);
    expect(ANSWERED, ANSWERED);
  }
}
