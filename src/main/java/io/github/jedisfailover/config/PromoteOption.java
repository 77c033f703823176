package io.github.jedisfailover.config;

/** What the caller of a promotion takes on itself. */
public enum PromoteOption {
  /**
   * Promotes although a check says no: the replica is no copy of the master or not the most
   * advanced one, another replica still has a connection to the old master, another node has taken
   * over already, or the old master lives and cannot hand over. What the promoted replica does not
   * have is lost, and there may be two masters until the old one is demoted. Each reason that is
   * overruled is logged as a warning.
   */
  FORCE,
  /**
   * Makes the old master a replica when it comes back, as long as this client runs. What it had and
   * the promoted replica had not is thrown away then.
   */
  DEMOTE_OLD_MASTER
}
