package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.exceptions.CursorLostException;
import io.github.jedisfailover.internal.pool.LeaseFailedException;
import io.github.jedisfailover.internal.routing.CommandNames;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Tells what a failure means for a repeat. The only place that looks at error texts: Jedis has no
 * types for these replies.
 */
final class FailureClassifier {
  /** The server says them before it runs a command. */
  private static final List<String> REFUSALS =
      List.of("READONLY", "LOADING", "MASTERDOWN", "NOREPLICAS", "UNBLOCKED", "CLUSTERDOWN");

  /**
   * The same words may come out of the middle of these, as a script's own reply or the error of one
   * of its calls, after other calls took effect. The waits ask about writes to this very master.
   */
  private static final Set<String> COMPOSITES =
      Set.of(
          "EVAL",
          "EVALSHA",
          "FCALL",
          "EVAL_RO",
          "EVALSHA_RO",
          "FCALL_RO",
          "EXEC",
          "WAIT",
          "WAITAOF");

  private FailureClassifier() {}

  static Failure classify(Throwable failure, CommandArguments command) {
    if (failure instanceof LeaseFailedException) {
      // From the pool, or from a connection that was cut between borrow and use: it refuses to
      // open a second socket before the request is complete.
      return Failure.NOT_SENT;
    }
    if (failure instanceof JedisDataException) {
      if (!isRefusal(failure.getMessage())) {
        return Failure.FATAL;
      }
      return COMPOSITES.contains(CommandNames.name(command)) ? Failure.UNKNOWN : Failure.REFUSED;
    }
    if (failure instanceof CursorLostException) {
      return Failure.FATAL;
    }
    return failure instanceof JedisConnectionException ? Failure.UNKNOWN : Failure.FATAL;
  }

  /** The first word decides: {@code LOADINGX} is no refusal. */
  static boolean isRefusal(String message) {
    if (message == null) {
      return false;
    }
    for (String word : REFUSALS) {
      if (message.startsWith(word)
          && (message.length() == word.length() || message.charAt(word.length()) == ' ')) {
        return true;
      }
    }
    return false;
  }
}
