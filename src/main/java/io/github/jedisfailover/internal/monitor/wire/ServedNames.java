package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.acl.CommandCatalog;
import io.github.jedisfailover.internal.monitor.acl.CommandSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What clients call the commands. As in Redis, a renamed command keeps its own name in rules, in
 * replies about it and in the log: only who calls it needs the other one.
 */
public final class ServedNames {
  /** All by their own names. */
  public static final ServedNames OWN = new ServedNames(Map.of());

  private final Map<String, String> renamed;
  private final Map<String, String> typed = new HashMap<>();

  /**
   * @param renamed own name, in lower case, to the name that clients use; empty: to none
   */
  public ServedNames(Map<String, String> renamed) {
    this.renamed = Map.copyOf(renamed);
    this.renamed.forEach((own, name) -> typed.put(name.toLowerCase(Locale.ROOT), own));
    typed.remove("");
  }

  /** A command, or {@code container|sub}, by what a client calls it. */
  Optional<CommandSpec> find(String name) {
    return own(name).flatMap(CommandCatalog::find);
  }

  private Optional<String> own(String name) {
    int bar = name.indexOf('|');
    String first = (bar < 0 ? name : name.substring(0, bar)).toLowerCase(Locale.ROOT);
    String rest = bar < 0 ? "" : name.substring(bar);
    if (typed.containsKey(first)) {
      return Optional.of(typed.get(first) + rest);
    }
    return renamed.containsKey(first) ? Optional.empty() : Optional.of(name);
  }

  /** {@code container|sub} or the command of a request, by its own name where it has one. */
  String fullName(List<String> arguments) {
    List<String> own = new ArrayList<>(arguments);
    own(arguments.get(0)).ifPresent(name -> own.set(0, name));
    return CommandTable.fullName(own);
  }

  List<CommandSpec> top() {
    return CommandCatalog.top().stream().filter(this::isServed).toList();
  }

  List<CommandSpec> all() {
    return CommandCatalog.all().stream().filter(this::isServed).toList();
  }

  private boolean isServed(CommandSpec command) {
    String container = command.name().replaceFirst("\\|.*", "");
    return !renamed.getOrDefault(container, "served").isEmpty();
  }
}
