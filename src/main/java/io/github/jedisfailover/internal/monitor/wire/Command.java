package io.github.jedisfailover.internal.monitor.wire;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * One command or subcommand.
 *
 * @param arity number of arguments, the names included; negative: at least so many
 */
record Command(int arity, Function<Request, Served> body) {
  boolean accepts(int arguments) {
    return arity >= 0 ? arguments == arity : arguments >= -arity;
  }

  /** Runs the subcommand that the second argument names, with Redis' errors. */
  static Served container(String name, Map<String, Command> subcommands, Request request) {
    if (request.size() < 2) {
      return request.error(wrongArity(name));
    }
    String sub = request.lower(1);
    Command command = subcommands.get(sub);
    if (command == null) {
      return request.error(
          "ERR unknown subcommand '"
              + head(request.arg(1))
              + "'. Try "
              + name.toUpperCase(Locale.ROOT)
              + " HELP.");
    }
    if (!command.accepts(request.size())) {
      return request.error(wrongArity(name + "|" + sub));
    }
    return command.body().apply(request);
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
