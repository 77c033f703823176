package io.github.jedisfailover.internal.routing;

import java.util.Optional;
import redis.clients.jedis.CommandArguments;

/**
 * How long a command asks the server to wait, and where that stands among its arguments.
 *
 * @param index of the time-out
 * @param inSeconds the time-out is in seconds with a fraction, else in whole milliseconds
 * @param nanos what was asked; 0: for ever
 * @param endsWithNil nothing is the answer when the time is over; else it is what there is by then,
 *     which only a server can tell
 */
public record BlockingWait(int index, boolean inSeconds, long nanos, boolean endsWithNil) {
  private static final long LONGEST_SECONDS = 100L * 365 * 24 * 3600;

  /** Empty for a command that does not wait, or in a way that is not known. */
  public static Optional<BlockingWait> of(CommandArguments command) {
    int last = command.size() - 1;
    return switch (CommandNames.name(command)) {
      case "BLPOP", "BRPOP", "BRPOPLPUSH", "BLMOVE", "BZPOPMIN", "BZPOPMAX" ->
          seconds(command, last);
      case "BLMPOP", "BZMPOP" -> seconds(command, 1);
      case "BLMOVEM" -> seconds(command, 5);
      case "XREAD", "XREADGROUP" -> millis(command, afterBlock(command, 1), true);
      case "TS.READ" -> millis(command, afterBlock(command, 3), false);
      default -> Optional.empty();
    };
  }

  private static Optional<BlockingWait> seconds(CommandArguments command, int index) {
    try {
      double asked = Double.parseDouble(CommandNames.exact(command, index));
      boolean sane = asked >= 0 && asked <= LONGEST_SECONDS; // else the server will tell
      return sane
          ? Optional.of(new BlockingWait(index, true, (long) (asked * 1e9), true))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<BlockingWait> millis(
      CommandArguments command, int index, boolean endsWithNil) {
    try {
      long asked = Long.parseLong(CommandNames.exact(command, index));
      boolean sane = asked >= 0 && asked <= LONGEST_SECONDS * 1_000;
      return sane
          ? Optional.of(new BlockingWait(index, false, asked * 1_000_000, endsWithNil))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Options stand before STREAMS; a group or consumer may have the name of one. */
  private static int afterBlock(CommandArguments command, int from) {
    for (int i = from; i < command.size(); i++) {
      switch (CommandNames.upper(command, i)) {
        case "BLOCK" -> {
          return i + 1;
        }
        case "STREAMS" -> {
          return command.size();
        }
        case "GROUP" -> i += 2;
        case "COUNT", "MAX_COUNT" -> i++;
        default -> {}
      }
    }
    return command.size();
  }

  public boolean forEver() {
    return nanos == 0;
  }

  /** What is left after so long; negative or 0: nothing. Not for a wait for ever. */
  public long left(long waitedNanos) {
    return nanos - waitedNanos;
  }

  /** The command with this time-out, at least 1 ms: 0 would mean for ever. */
  public CommandArguments within(CommandArguments command, long leftNanos) {
    long millis = Math.max(1, leftNanos / 1_000_000);
    String text =
        inSeconds
            ? millis / 1_000 + "." + String.valueOf(1_000 + millis % 1_000).substring(1)
            : Long.toString(millis);
    return CommandNames.with(command, index, text).blocking();
  }
}
