package io.github.jedisfailover.internal.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * Marks the cursors of the SCAN family with the server process that gave them.
 *
 * <p>A cursor is a place in the hash table of one process. Its number says nothing of the process,
 * and two servers give the same numbers, so nothing that is only remembered could tell whose it is.
 * The mark sits in bits 48 to 62, which a server uses only beyond 2^48 buckets: a marked cursor is
 * still a positive decimal number, 0 is still the end, and any client with the same library knows
 * it again.
 */
public final class Cursors {
  private static final int SHIFT = 48;
  private static final int MARKS = 0x7fff;
  private static final long PLACE = (1L << SHIFT) - 1;

  private Cursors() {}

  /** Where the cursor stands in the arguments; 0 if this is no such command, or has none. */
  public static int index(CommandArguments command) {
    int index = index(command.getCommand());
    return index < command.size() ? index : 0;
  }

  private static int index(ProtocolCommand command) {
    if (command instanceof Protocol.Command known) {
      return switch (known) {
        case SCAN -> 1;
        case HSCAN, SSCAN, ZSCAN -> 2;
        default -> 0;
      };
    }
    if (command instanceof Enum<?>) {
      return 0; // of a module
    }
    return switch (CommandNames.upper(command)) {
      case "SCAN" -> 1;
      case "HSCAN", "SSCAN", "ZSCAN" -> 2;
      default -> 0;
    };
  }

  /** The mark of a process, never 0. */
  public static int mark(String process) {
    return 1 + Math.floorMod(process.hashCode(), MARKS);
  }

  /** The mark that a cursor carries; 0 if it has none, as one that came by another way. */
  public static int markOf(String cursor) {
    long value = number(cursor);
    return value < 0 ? 0 : (int) (value >>> SHIFT);
  }

  /** The cursor as the server knows it. */
  public static String bare(String cursor) {
    return markOf(cursor) == 0 ? cursor : Long.toString(number(cursor) & PLACE);
  }

  /** The end stays the end; a place too high for a mark stays as it is. */
  static String marked(String cursor, int mark) {
    long value = number(cursor);
    return value <= 0 || value > PLACE ? cursor : Long.toString(value | (long) mark << SHIFT);
  }

  /** A reply {@code [cursor, elements]} with the cursor marked; anything else as it is. */
  public static Object markedReply(Object reply, int mark) {
    if (reply instanceof List<?> parts && parts.size() == 2 && parts.get(0) instanceof byte[] raw) {
      List<Object> copy = new ArrayList<>(parts);
      copy.set(0, ascii(marked(new String(raw, StandardCharsets.ISO_8859_1), mark)));
      return copy;
    }
    return reply;
  }

  /** A cursor that does not fit into 63 bits, or is no number: the server will tell. */
  private static long number(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
