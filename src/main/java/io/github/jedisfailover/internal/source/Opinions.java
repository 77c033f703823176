package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;

/**
 * What the voters and nodes said last, for people and figures; no decision reads it.
 *
 * @param by how the master is found, in words
 * @param quorum how many voters must find the master down; 0 if it is not known
 * @param voters all of them; empty without monitors
 * @param dissents who says another thing than the snapshot
 */
public record Opinions(String by, int quorum, List<Voter> voters, List<Dissent> dissents) {
  public Opinions {
    voters = List.copyOf(voters);
    dissents = List.copyOf(dissents);
  }

  static Opinions none(String by) {
    return new Opinions(by, 0, List.of(), List.of());
  }

  /** What is known of any source, also one of the application's own. */
  public static Opinions of(Object source) {
    return source instanceof OutspokenSource outspoken
        ? outspoken.opinions()
        : none("a source of the application's own");
  }

  /**
   * One voter.
   *
   * @param self whether it is this one
   * @param answers whether it answered when it was asked last; {@code true} if it never was
   * @param votes whether it would give a vote now, as far as is known
   * @param says for people
   */
  public record Voter(
      NodeAddress address, boolean self, boolean answers, boolean votes, String says) {}

  /**
   * @param who a node or voter
   * @param says for people
   */
  public record Dissent(String who, String says) {}
}
