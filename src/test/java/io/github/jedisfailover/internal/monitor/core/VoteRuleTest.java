package io.github.jedisfailover.internal.monitor.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoteRuleTest {
  @ParameterizedTest(name = "{8}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5 | 5 | *   | 4 | true  | new | 5 | true  | a higher epoch gets the vote
          5 | 5 | old | 5 | true  | old | 5 | false | one vote per epoch: the first stays
          5 | 5 | *   | 5 | true  | *   | 5 | false | voted before a restart: not known for whom
          4 | 5 | old | 3 | true  | old | 3 | false | an old epoch gets the vote on record
          4 | 4 | old | 6 | true  | old | 6 | false | a vote in a later epoch stands
          5 | 5 | *   | 0 | false | *   | 0 | false | no memory: no vote
          """)
  void decides(
      long requested,
      long current,
      String leader,
      long leaderEpoch,
      boolean remembers,
      String expected,
      long expectedEpoch,
      boolean fresh,
      String why) {
    VoteRule.Vote vote = VoteRule.decide(requested, "new", current, leader, leaderEpoch, remembers);
    assertThat(vote).as(why).isEqualTo(new VoteRule.Vote(expected, expectedEpoch, fresh));
  }
}
