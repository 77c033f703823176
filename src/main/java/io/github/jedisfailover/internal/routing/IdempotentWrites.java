package io.github.jedisfailover.internal.routing;

import java.util.Set;
import redis.clients.jedis.CommandArguments;

/**
 * Knows the writes that may run twice: the data after two runs is the data after the second alone.
 *
 * <p>Looks at the name <em>and</em> the arguments; what is not listed is not idempotent. A relative
 * expiry counts as idempotent: it runs from the repeat, as if the command had been sent then. Left
 * out on purpose: conditions (NX, XX, GT, IFEQ: the first run changes what the second one sees),
 * replies with the old value (GET, GETDEL), commands that compute from the old value, scripts, and
 * FLUSHALL and its kind. The reply of a repeat may differ from what the first run would have said
 * (DEL answers 0).
 */
public final class IdempotentWrites {
  private static final Set<String> WITH_ANY_ARGUMENTS =
      Set.of(
          "DEL",
          "UNLINK",
          "MSET",
          "SETEX",
          "PSETEX",
          "SETBIT",
          "SETRANGE",
          "PERSIST",
          "HSET",
          "HMSET",
          "HDEL",
          "LSET",
          "SADD",
          "SREM",
          "ZREM",
          "ZREMRANGEBYSCORE",
          "ZREMRANGEBYLEX",
          "PFADD",
          "XDEL",
          "XACK");

  /** Key and time; a further argument is a condition. */
  private static final Set<String> EXPIRIES = Set.of("EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT");

  private static final Set<String> SET_TIMES = Set.of("EX", "PX", "EXAT", "PXAT");

  private IdempotentWrites() {}

  public static boolean repeatable(CommandArguments command) {
    String name = CommandNames.name(command);
    if (WITH_ANY_ARGUMENTS.contains(name)) {
      return true;
    }
    if (EXPIRIES.contains(name)) {
      return command.size() == 3;
    }
    return switch (name) {
      case "SET" -> plainSet(command);
      case "ZADD", "GEOADD" -> plainAdd(command);
      default -> false;
    };
  }

  private static boolean plainSet(CommandArguments command) {
    int i = 3;
    while (i < command.size()) {
      String option = CommandNames.upper(command, i);
      if (SET_TIMES.contains(option)) {
        i += 2;
      } else if (option.equals("KEEPTTL")) {
        i++;
      } else {
        return false;
      }
    }
    return true;
  }

  /** Options stand between the key and the first number; CH changes the reply only. */
  private static boolean plainAdd(CommandArguments command) {
    String first = CommandNames.upper(command, 2);
    return isNumber(first.equals("CH") ? CommandNames.upper(command, 3) : first);
  }

  private static boolean isNumber(String text) {
    try {
      return !Double.isNaN(Double.parseDouble(text.replace("INF", "Infinity")));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
