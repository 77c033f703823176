package io.github.jedisfailover.internal.routing;

import io.github.jedisfailover.config.SideEffect;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.CommandArguments;

/**
 * Knows what a second run of a command does. Looks at the name <em>and</em> the arguments; what is
 * not listed is never repeated. For failed calls only: it allocates.
 */
public final class SideEffects {
  private static final Map<String, SideEffect> WITH_ANY_ARGUMENTS = new HashMap<>();

  static {
    put(
        SideEffect.LAST_WRITE_WINS,
        "DEL UNLINK MSET SETEX PSETEX SETBIT SETRANGE GETEX PERSIST HSET HMSET HDEL HGETEX HPERSIST"
            + " LSET SADD SREM ZREM ZREMRANGEBYSCORE ZREMRANGEBYLEX PFADD PFMERGE XDEL XACK XTRIM");
    put(SideEffect.CHECKED, "SETNX MSETNX HSETNX GETSET GETDEL HGETDEL RENAME RENAMENX MOVE SMOVE");
    put(
        SideEffect.ACCUMULATES,
        "INCR INCRBY INCRBYFLOAT INCREX DECR DECRBY APPEND HINCRBY HINCRBYFLOAT ZINCRBY"
            + " LPUSH LPUSHX RPUSH RPUSHX LINSERT LPOP RPOP LMPOP LMOVE LMOVEM RPOPLPUSH"
            + " SPOP ZPOPMIN ZPOPMAX ZMPOP ZREMRANGEBYRANK XCLAIM XAUTOCLAIM");
    put(
        SideEffect.BLOCKING_POP,
        "BLPOP BRPOP BLMPOP BLMOVE BLMOVEM BRPOPLPUSH BZPOPMIN BZPOPMAX BZMPOP XREADGROUP");
    put(SideEffect.READ, "PING ECHO TIME INFO ROLE LASTSAVE PUBSUB COMMAND");
    // an iterator of a module, or a place in it, is known to one node only
    put(SideEffect.NEVER, "FT.CURSOR BF.SCANDUMP CF.SCANDUMP");
  }

  private static final Set<String> SET_TIMES = Set.of("EX", "PX", "EXAT", "PXAT");

  private SideEffects() {}

  private static void put(SideEffect effect, String names) {
    for (String name : names.split(" ")) {
      WITH_ANY_ARGUMENTS.put(name, effect);
    }
  }

  public static SideEffect of(CommandArguments command) {
    String name = CommandNames.name(command);
    SideEffect known = WITH_ANY_ARGUMENTS.get(name);
    if (known != null) {
      return known;
    }
    return switch (name) {
      case "SET" -> set(command);
      case "EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT" -> plain(command.size() == 3);
      case "HEXPIRE", "HPEXPIRE", "HEXPIREAT", "HPEXPIREAT" ->
          plain(CommandNames.upper(command, 3).equals("FIELDS"));
      case "HSETEX" -> plain(!CommandNames.upper(command, 2).matches("FNX|FXX"));
      case "DELEX" -> plain(command.size() == 2);
      case "COPY" -> plain(has(command, 3, "REPLACE"));
      case "RESTORE" -> plain(has(command, 4, "REPLACE"));
      case "ZADD", "GEOADD" -> add(command);
      case "LREM" -> CommandNames.upper(command, 2).equals("0") ? set() : more();
      case "LTRIM" -> trim(command);
      case "XADD" ->
          CommandNames.upper(command, 2).matches("\\d+-\\d+") ? SideEffect.CHECKED : more();
      case "SINTERSTORE", "SUNIONSTORE", "SDIFFSTORE" -> stored(command, 1);
      case "ZINTERSTORE", "ZUNIONSTORE", "ZDIFFSTORE", "ZRANGESTORE", "GEOSEARCHSTORE" ->
          stored(command, 1);
      case "BITOP" -> stored(command, 2);
      case "SORT", "GEORADIUS", "GEORADIUSBYMEMBER" -> storing(command);
      case "BITFIELD" -> bits(command);
      case "SCAN" -> cursor(command, 1);
      case "HSCAN", "SSCAN", "ZSCAN" -> cursor(command, 2);
      case "XGROUP", "SCRIPT", "FUNCTION" -> bySubcommand(name, command);
      default -> new RegistryFlags().changesNothing(command) ? SideEffect.READ : SideEffect.NEVER;
    };
  }

  private static SideEffect set() {
    return SideEffect.LAST_WRITE_WINS;
  }

  private static SideEffect more() {
    return SideEffect.ACCUMULATES;
  }

  /** Without a condition the last write wins. */
  private static SideEffect plain(boolean unconditional) {
    return unconditional ? SideEffect.LAST_WRITE_WINS : SideEffect.CHECKED;
  }

  private static boolean has(CommandArguments command, int from, String option) {
    for (int i = from; i < command.size(); i++) {
      if (CommandNames.upper(command, i).equals(option)) {
        return true;
      }
    }
    return false;
  }

  private static SideEffect set(CommandArguments command) {
    SideEffect effect = SideEffect.LAST_WRITE_WINS;
    for (int i = 3; i < command.size(); i++) {
      String option = CommandNames.upper(command, i);
      if (SET_TIMES.contains(option)) {
        i++;
      } else if (option.matches("NX|XX|GET")) {
        effect = SideEffect.CHECKED;
      } else if (option.matches("IFEQ|IFNE|IFDEQ|IFDNE")) {
        effect = SideEffect.CHECKED;
        i++;
      } else if (!option.equals("KEEPTTL")) {
        return SideEffect.NEVER;
      }
    }
    return effect;
  }

  /** Options stand between the key and the first number; CH changes the reply only. */
  private static SideEffect add(CommandArguments command) {
    SideEffect effect = SideEffect.LAST_WRITE_WINS;
    for (int i = 2; i < command.size(); i++) {
      switch (CommandNames.upper(command, i)) {
        case "CH" -> {}
        case "NX", "XX", "GT", "LT" -> effect = SideEffect.CHECKED;
        case "INCR" -> {
          return SideEffect.ACCUMULATES;
        }
        default -> {
          return isNumber(CommandNames.upper(command, i)) ? effect : SideEffect.NEVER;
        }
      }
    }
    return SideEffect.NEVER;
  }

  private static boolean isNumber(String text) {
    try {
      return !Double.isNaN(Double.parseDouble(text.replace("INF", "Infinity")));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** What keeps the same end of the list keeps the same elements the second time. */
  private static SideEffect trim(CommandArguments command) {
    String start = CommandNames.upper(command, 2);
    String stop = CommandNames.upper(command, 3);
    boolean head = start.equals("0") && !stop.startsWith("-");
    boolean tail = start.startsWith("-") && stop.equals("-1");
    return head || tail ? SideEffect.LAST_WRITE_WINS : SideEffect.ACCUMULATES;
  }

  /** A result that is one of the sources too is another one the second time. */
  private static SideEffect stored(CommandArguments command, int destination) {
    String target = CommandNames.exact(command, destination);
    for (int i = destination + 1; i < command.size(); i++) {
      if (CommandNames.exact(command, i).equals(target)) {
        return SideEffect.ACCUMULATES;
      }
    }
    return SideEffect.LAST_WRITE_WINS;
  }

  private static SideEffect storing(CommandArguments command) {
    for (int i = 2; i < command.size() - 1; i++) {
      if (CommandNames.upper(command, i).matches("STORE|STOREDIST")) {
        boolean ontoItself =
            CommandNames.exact(command, i + 1).equals(CommandNames.exact(command, 1));
        return ontoItself ? SideEffect.ACCUMULATES : SideEffect.LAST_WRITE_WINS;
      }
    }
    return SideEffect.READ;
  }

  private static SideEffect bits(CommandArguments command) {
    if (has(command, 2, "INCRBY")) {
      return SideEffect.ACCUMULATES;
    }
    return has(command, 2, "SET") ? SideEffect.LAST_WRITE_WINS : SideEffect.READ;
  }

  /**
   * A cursor is valid on the node that gave it. A first step can be taken anywhere, and a marked
   * cursor is refused elsewhere.
   */
  private static SideEffect cursor(CommandArguments command, int index) {
    String cursor = CommandNames.exact(command, index);
    boolean safe = cursor.equals("0") || Cursors.markOf(cursor) != 0;
    return safe ? SideEffect.READ : SideEffect.NEVER;
  }

  private static SideEffect bySubcommand(String name, CommandArguments command) {
    return switch (name + " " + CommandNames.upper(command, 1)) {
      case "XGROUP CREATE" -> SideEffect.CHECKED;
      case "XGROUP SETID",
          "XGROUP DESTROY",
          "XGROUP CREATECONSUMER",
          "XGROUP DELCONSUMER",
          "SCRIPT LOAD" ->
          SideEffect.LAST_WRITE_WINS;
      case "FUNCTION LOAD" -> plain(has(command, 2, "REPLACE"));
      case "SCRIPT EXISTS", "FUNCTION LIST", "FUNCTION STATS", "FUNCTION DUMP" -> SideEffect.READ;
      default -> SideEffect.NEVER;
    };
  }
}
