package io.github.jedisfailover.internal.monitor.acl;

import java.util.List;

/**
 * What COMMAND INFO tells of a command.
 *
 * @param name in lower case, {@code container|sub} for a subcommand
 * @param arity number of arguments, the names included; negative: at least so many
 */
public record CommandSpec(
    String name, int arity, List<String> flags, List<String> categories, List<String> tips) {
  public CommandSpec {
    flags = List.copyOf(flags);
    categories = List.copyOf(categories);
    tips = List.copyOf(tips);
  }

  public boolean accepts(int arguments) {
    return arity >= 0 ? arguments == arity : arguments >= -arity;
  }

  public boolean isSubcommand() {
    return name.indexOf('|') >= 0;
  }

  /** May run before a client has logged in. */
  public boolean needsNoLogin() {
    return flags.contains("no_auth");
  }

  boolean belongsTo(String container) {
    return name.startsWith(container + "|");
  }
}
