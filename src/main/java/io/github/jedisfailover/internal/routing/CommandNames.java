package io.github.jedisfailover.internal.routing;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.args.Rawable;

/** Reads names and options out of a command; for slow paths, since every call makes a string. */
public final class CommandNames {
  private CommandNames() {}

  /** The command's name in upper case; never a key or a value, so it may be shown to people. */
  public static String name(CommandArguments command) {
    return upper(command.getCommand());
  }

  static String upper(Rawable argument) {
    return new String(argument.getRaw(), StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
  }

  /** The argument at {@code index} in upper case, empty if there is none. */
  static String upper(CommandArguments command, int index) {
    return index < command.size() ? upper(command.get(index)) : "";
  }

  /** A copy with another argument at {@code index}; the name is at 0. */
  public static CommandArguments with(CommandArguments command, int index, String argument) {
    CommandArguments copy = new CommandArguments(command.getCommand());
    for (int i = 1; i < command.size(); i++) {
      if (i == index) {
        copy.add(argument);
      } else {
        copy.add(command.get(i));
      }
    }
    return copy;
  }

  /** The argument at {@code index}, byte for byte; empty if there is none. */
  public static String exact(CommandArguments command, int index) {
    return index < command.size()
        ? new String(command.get(index).getRaw(), StandardCharsets.ISO_8859_1)
        : "";
  }
}
