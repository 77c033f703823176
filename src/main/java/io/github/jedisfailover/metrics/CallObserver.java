package io.github.jedisfailover.metrics;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Watches each call of a client from its begin to its end, with all its repeats: for spans, or
 * times by command. Without an observer nothing is timed. Called in the application's threads:
 * thread-safe, quick, must not throw.
 */
@FunctionalInterface
public interface CallObserver {
  /** Watches nothing; calls are not timed. */
  CallObserver NONE = (client, database, operation, batchSize) -> Call.IGNORED;

  /**
   * A call begins.
   *
   * @param client name of the client
   * @param database index of the database
   * @param operation name of the command in capitals; {@code PIPELINE} or {@code MULTI}, followed
   *     by the command's name if all of the batch have the same
   * @param batchSize number of commands in a batch; 1 for a single command
   * @return hears of the end, in the same thread
   */
  Call begin(String client, int database, String operation, int batchSize);

  /** One call under way. */
  @FunctionalInterface
  interface Call {
    /** Hears nothing. */
    Call IGNORED = result -> {};

    /**
     * The call has ended.
     *
     * @param result how
     */
    void ended(Result result);
  }

  /**
   * How a call ended.
   *
   * @param nanos how long it took, waits and repeats included
   * @param node which node was asked last; {@code null} if none was
   * @param role as which; {@code null} if none was asked
   * @param retries how many attempts failed before the last
   * @param failure what the caller was told; {@code null} if it got a reply
   */
  record Result(
      long nanos, NodeAddress node, NodeRole role, int retries, RuntimeException failure) {
    /**
     * The first word of a server's error, {@code WRONGTYPE} say.
     *
     * @return the word; empty if the call did not end with an error of the server
     */
    public String errorPrefix() {
      String text = failure == null ? null : failure.getMessage();
      boolean server = failure instanceof JedisDataException && text != null;
      String word = server ? text.split("[ :]", 2)[0] : "";
      return word.matches("[A-Z][A-Z0-9_]*") ? word : "";
    }
  }
}
