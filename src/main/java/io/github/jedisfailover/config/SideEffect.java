package io.github.jedisfailover.config;

/**
 * What a second run of a command does if the first one was applied and only its reply was lost. The
 * name and the arguments decide: {@code SET k v} is {@link #LAST_WRITE_WINS}, {@code SET k v NX} is
 * {@link #CHECKED}. The page <em>Repeats</em> of the documentation lists every command.
 */
public enum SideEffect {
  /** Changes no data. Always repeated. */
  READ,
  /**
   * The data after two runs are the data after the second alone: {@code SET}, {@code DEL}, {@code
   * HSET}. A late repeat can overwrite a newer value of another client, and the reply may differ
   * ({@code DEL} answers 0). A relative expiry runs from the repeat.
   */
  LAST_WRITE_WINS,
  /**
   * The second run finds what the first one left, changes nothing more and answers otherwise:
   * {@code SET k v NX} answers nil although this very call has set the key, {@code GETDEL} answers
   * nil although there was a value. Do not repeat what uses the reply as a lock or a claim.
   */
  CHECKED,
  /**
   * A consumer's wait: {@code BLPOP}, {@code BLMOVE}, {@code BZPOPMIN} and their kin, and {@code
   * XREADGROUP}. If an element was taken in the very moment in which the connection broke, its
   * reply is lost and a repeat takes the next one: what a pop took is gone, what a move took is in
   * its destination, what a group was given is pending for the consumer.
   */
  BLOCKING_POP,
  /** Each run adds up: {@code INCR}, {@code LPUSH}, {@code LPOP}. A repeat may be applied twice. */
  ACCUMULATES,
  /**
   * Scripts, messages, administration, cursors, and every command that is not known. Never
   * repeated.
   */
  NEVER
}
