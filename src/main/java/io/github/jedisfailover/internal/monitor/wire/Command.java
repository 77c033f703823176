package io.github.jedisfailover.internal.monitor.wire;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What one command or subcommand does.
 *
 * @param arity as in {@link io.github.jedisfailover.internal.monitor.acl.CommandCatalog}, which
 *     decides; here for the reader
 */
record Command(int arity, Function<Request, Served> body) {
  static String unknownSubcommand(String container, String sub) {
    return "ERR unknown subcommand '"
        + head(sub)
        + "'. Try "
        + container.toUpperCase(Locale.ROOT)
        + " HELP.";
  }

  static String wrongArity(String name) {
    return "ERR wrong number of arguments for '" + name + "' command";
  }

  static String unknown(List<String> arguments) {
    StringBuilder text = new StringBuilder("ERR unknown command '");
    text.append(head(arguments.get(0))).append("', with args beginning with: ");
    int room = 128;
    for (String argument : arguments.subList(1, arguments.size())) {
      if (room <= 0) {
        break;
      }
      String shown = argument.substring(0, Math.min(argument.length(), room));
      text.append('\'').append(shown).append("' ");
      room -= shown.length() + 3;
    }
    return text.toString();
  }

  private static String head(String text) {
    return text.substring(0, Math.min(text.length(), 128));
  }
}
