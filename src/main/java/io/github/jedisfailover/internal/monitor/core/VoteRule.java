package io.github.jedisfailover.internal.monitor.core;

/**
 * Who gets a vote: at most one candidate for each epoch and group, as {@code sentinelVoteLeader} in
 * Redis' sentinel.c.
 *
 * <p>A monitor that started without its state file does not know which votes it gave before. It
 * gives none until every other voter told its current epoch directly, two seconds or more after the
 * start (what its former self sent has arrived by then), and then only in higher epochs. That is
 * safe because a vote in epoch E was asked for by a candidate that had stored E before it asked, so
 * that voter tells E or more. Hearing only a majority would not do: the one that was not heard may
 * be the candidate of E. Only a vote for its own former self can be forgotten, and that candidate
 * is gone.
 */
final class VoteRule {
  private VoteRule() {}

  /**
   * @param leader whom this voter voted for, or {@code *}
   * @param leaderEpoch epoch of that vote
   * @param fresh whether the vote is given now and must be stored before it is told
   */
  record Vote(String leader, long leaderEpoch, boolean fresh) {}

  /**
   * @param requested epoch of the request; the caller has already raised {@code currentEpoch} to it
   *     if it was higher
   * @param leader the vote on record, {@code *} if it is not known whom it was for
   */
  static Vote decide(
      long requested,
      String candidate,
      long currentEpoch,
      String leader,
      long leaderEpoch,
      boolean remembers) {
    if (!remembers) {
      return new Vote("*", 0, false);
    }
    if (leaderEpoch < requested && currentEpoch <= requested) {
      return new Vote(candidate, currentEpoch, true);
    }
    return new Vote(leader, leaderEpoch, false);
  }
}
